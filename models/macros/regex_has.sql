{#- Whether the pattern is found anywhere in the text; null for null. Patterns: bracket classes only, no backslash. -#}
{% macro regex_has(s, pattern) %}{{ return(adapter.dispatch('regex_has', 'waveguide')(s, pattern)) }}{% endmacro %}

{% macro default__regex_has(s, pattern) -%}
regexp_matches({{ s }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__regex_has(s, pattern) -%}
({{ s }} ~ '{{ pattern }}')
{%- endmacro %}

{% macro clickhouse__regex_has(s, pattern) -%}
match({{ s }}, '{{ pattern }}')
{%- endmacro %}

{% macro snowflake__regex_has(s, pattern) -%}
(regexp_instr({{ s }}, '{{ pattern }}') > 0)
{%- endmacro %}

{% macro databricks__regex_has(s, pattern) -%}
regexp_like({{ s }}, '{{ pattern }}')
{%- endmacro %}
