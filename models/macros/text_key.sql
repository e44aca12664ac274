{#- A key of 32 hexadecimal digits for a text; null for null. -#}
{% macro text_key(x) %}{{ return(adapter.dispatch('text_key', 'waveguide')(x)) }}{% endmacro %}

{% macro default__text_key(x) -%}
md5({{ x }})
{%- endmacro %}

{% macro clickhouse__text_key(x) -%}
lower(hex(MD5({{ x }})))
{%- endmacro %}
