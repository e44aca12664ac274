{#- Several properties read at once, for json_field to pick from; where reading one is cheap, the column itself. A key must hold no quote, backslash or brace. -#}
{% macro json_fields(column, keys) %}{{ return(adapter.dispatch('json_fields', 'waveguide')(column, keys)) }}{% endmacro %}

{% macro default__json_fields(column, keys) -%}
{{ column }}
{%- endmacro %}

{% macro duckdb__json_fields(column, keys) -%}
json_transform({{ column }}, '{"{{ keys | join('":"VARCHAR","') }}":"VARCHAR"}')
{%- endmacro %}
