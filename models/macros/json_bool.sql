{#- A property as a boolean; null if it is neither true nor false. -#}
{% macro json_bool(column, key) -%}
case lower({{ json_text(column, key) }}) when 'true' then true when 'false' then false end
{%- endmacro %}
