{#- A key of 64 hexadecimal digits for a text, mixed with the variable privacy_ip_key: without that, nobody can guess the text from the key. -#}
{% macro secret_key(x) %}{{ return(adapter.dispatch('secret_key', 'waveguide')(x)) }}{% endmacro %}

{% macro default__secret_key(x) -%}
sha256('{{ var('privacy_ip_key') }}' || '|' || {{ x }} || '|' || '{{ var('privacy_ip_key') }}')
{%- endmacro %}

{% macro postgres__secret_key(x) -%}
encode(sha256(convert_to('{{ var('privacy_ip_key') }}' || '|' || {{ x }} || '|' || '{{ var('privacy_ip_key') }}', 'UTF8')), 'hex')
{%- endmacro %}

{% macro clickhouse__secret_key(x) -%}
lower(hex(SHA256('{{ var('privacy_ip_key') }}' || '|' || {{ x }} || '|' || '{{ var('privacy_ip_key') }}')))
{%- endmacro %}

{% macro snowflake__secret_key(x) -%}
sha2('{{ var('privacy_ip_key') }}' || '|' || {{ x }} || '|' || '{{ var('privacy_ip_key') }}', 256)
{%- endmacro %}

{% macro databricks__secret_key(x) -%}
sha2('{{ var('privacy_ip_key') }}' || '|' || {{ x }} || '|' || '{{ var('privacy_ip_key') }}', 256)
{%- endmacro %}
