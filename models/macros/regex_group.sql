{#- The n-th group of the first match; null if there is none or it is empty. Patterns: bracket classes only, no backslash. -#}
{% macro regex_group(s, pattern, n) %}{{ return(adapter.dispatch('regex_group', 'waveguide')(s, pattern, n)) }}{% endmacro %}

{% macro default__regex_group(s, pattern, n) -%}
nullif(regexp_extract({{ s }}, '{{ pattern }}', {{ n }}), '')
{%- endmacro %}

{% macro postgres__regex_group(s, pattern, n) -%}
nullif((regexp_match({{ s }}, '{{ pattern }}'))[{{ n }}], '')
{%- endmacro %}

{% macro clickhouse__regex_group(s, pattern, n) -%}
nullIf(regexpExtract({{ s }}, '{{ pattern }}', {{ n }}), '')
{%- endmacro %}

{% macro snowflake__regex_group(s, pattern, n) -%}
nullif(regexp_substr({{ s }}, '{{ pattern }}', 1, 1, 'e', {{ n }}), '')
{%- endmacro %}
