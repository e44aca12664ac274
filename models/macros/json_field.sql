{#- A property of json_fields as text; null if it is missing or null. -#}
{% macro json_field(fields, key) %}{{ return(adapter.dispatch('json_field', 'waveguide')(fields, key)) }}{% endmacro %}

{% macro default__json_field(fields, key) -%}
{{ json_text(fields, key) }}
{%- endmacro %}

{% macro duckdb__json_field(fields, key) -%}
{{ fields }}."{{ key }}"
{%- endmacro %}
