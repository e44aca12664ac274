{#- SHA-256 of a text, as 64 hexadecimal digits; null for null. -#}
{% macro sha256_hex(x) %}{{ return(adapter.dispatch('sha256_hex', 'waveguide')(x)) }}{% endmacro %}

{% macro default__sha256_hex(x) -%}
sha256({{ x }})
{%- endmacro %}

{% macro postgres__sha256_hex(x) -%}
encode(sha256(convert_to({{ x }}, 'UTF8')), 'hex')
{%- endmacro %}

{% macro clickhouse__sha256_hex(x) -%}
lower(hex(SHA256({{ x }})))
{%- endmacro %}

{% macro snowflake__sha256_hex(x) -%}
sha2({{ x }}, 256)
{%- endmacro %}

{% macro databricks__sha256_hex(x) -%}
sha2({{ x }}, 256)
{%- endmacro %}
