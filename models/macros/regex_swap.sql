{#- The text with every match replaced. Patterns: bracket classes only, no backslash; the replacement holds no group. -#}
{% macro regex_swap(s, pattern, replacement) %}{{ return(adapter.dispatch('regex_swap', 'waveguide')(s, pattern, replacement)) }}{% endmacro %}

{% macro default__regex_swap(s, pattern, replacement) -%}
regexp_replace({{ s }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro clickhouse__regex_swap(s, pattern, replacement) -%}
replaceRegexpAll({{ s }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro snowflake__regex_swap(s, pattern, replacement) -%}
regexp_replace({{ s }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro databricks__regex_swap(s, pattern, replacement) -%}
regexp_replace({{ s }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}
