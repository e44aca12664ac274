{#- The number of an IPv4 address in dotted form, or null. -#}
{% macro ipv4_number(s) -%}
case when {{ regex_has(s, '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$') }}
    then {{ as_bigint(nth_part(s, '.', 1)) }} * 16777216 + {{ as_bigint(nth_part(s, '.', 2)) }} * 65536
        + {{ as_bigint(nth_part(s, '.', 3)) }} * 256 + {{ as_bigint(nth_part(s, '.', 4)) }} end
{%- endmacro %}
