{#- A property as a double; null if it is no number. Digits in text count as a number. -#}
{% macro json_number(column, key) -%}
{{ try_number(json_text(column, key)) }}
{%- endmacro %}
