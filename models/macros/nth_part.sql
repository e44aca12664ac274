{#- The n-th piece of a text, counted from 1; empty if there are fewer. -#}
{% macro nth_part(s, separator, n) %}{{ return(adapter.dispatch('nth_part', 'waveguide')(s, separator, n)) }}{% endmacro %}

{% macro default__nth_part(s, separator, n) -%}
split_part({{ s }}, '{{ separator }}', {{ n }})
{%- endmacro %}

{% macro clickhouse__nth_part(s, separator, n) -%}
case when {{ s }} is not null then splitByString('{{ separator }}', assumeNotNull({{ s }}))[{{ n }}] end
{%- endmacro %}
