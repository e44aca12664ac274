{#- A property of any kind as JSON text; blanks and the order of keys differ between engines, so search in it and never compare it. -#}
{% macro json_body(column, key) %}{{ return(adapter.dispatch('json_body', 'waveguide')(column, key)) }}{% endmacro %}

{% macro default__json_body(column, key) -%}
({{ column }} ->> '$."{{ key }}"')
{%- endmacro %}

{% macro postgres__json_body(column, key) -%}
({{ column }} ->> '{{ key }}')
{%- endmacro %}

{% macro clickhouse__json_body(column, key) -%}
nullIf(JSONExtractRaw({{ column }}, '{{ key }}'), '')
{%- endmacro %}

{% macro snowflake__json_body(column, key) -%}
to_json({{ column }}['{{ key }}'])
{%- endmacro %}

{% macro databricks__json_body(column, key) -%}
to_json({{ column }}:['{{ key }}'])
{%- endmacro %}
