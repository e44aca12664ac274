{#- A key of 64 hexadecimal digits for a text: what the variable privacy_ip_function gives, else its HMAC-SHA-256 by privacy_ip_key; with neither its SHA-256, which tells the text to whoever tries all texts. -#}
{% macro secret_key(x) -%}
{%- if var('privacy_ip_function') -%}
{{ var('privacy_ip_function') }}({{ x }})
{%- elif var('privacy_ip_key') -%}
{{ hmac_sha256(x, var('privacy_ip_key')) }}
{%- else -%}
{{ sha256_hex(x) }}
{%- endif -%}
{%- endmacro %}
