{#- A property as text; null if it is missing or null. The key must hold no quote, backslash or brace. -#}
{% macro json_text(column, key) %}{{ return(adapter.dispatch('json_text', 'waveguide')(column, key)) }}{% endmacro %}

{% macro default__json_text(column, key) -%}
({{ column }} ->> '$."{{ key }}"')
{%- endmacro %}

{% macro postgres__json_text(column, key) -%}
({{ column }} ->> '{{ key }}')
{%- endmacro %}

{% macro clickhouse__json_text(column, key) -%}
JSONExtract({{ column }}, '{{ key }}', 'Nullable(String)')
{%- endmacro %}

{% macro snowflake__json_text(column, key) -%}
{{ column }}['{{ key }}']::varchar
{%- endmacro %}

{% macro databricks__json_text(column, key) -%}
{{ column }}:['{{ key }}']::string
{%- endmacro %}
