{#- HMAC-SHA-256 (RFC 2104) of a text by a key of 64 hexadecimal digits, whose ASCII fills one block: then all that is left of it are two constants, the key's digits xor 36 and xor 5c. -#}
{% macro hmac_sha256(x, key) -%}
{%- if key | length != 64 -%}
{{ exceptions.raise_compiler_error('privacy_ip_key must be 64 hexadecimal digits in lower case, as openssl rand -hex 32 gives') }}
{%- endif -%}
{{ return(adapter.dispatch('hmac_sha256', 'waveguide')(x, hmac_pad(key, 0), hmac_pad(key, 1))) }}
{%- endmacro %}

{% macro hmac_pad(key, side) -%}
{%- set pads = {
    '0': ['06', '6c'], '1': ['07', '6d'], '2': ['04', '6e'], '3': ['05', '6f'],
    '4': ['02', '68'], '5': ['03', '69'], '6': ['00', '6a'], '7': ['01', '6b'],
    '8': ['0e', '64'], '9': ['0f', '65'], 'a': ['57', '3d'], 'b': ['54', '3e'],
    'c': ['55', '3f'], 'd': ['52', '38'], 'e': ['53', '39'], 'f': ['50', '3a']
} -%}
{%- for digit in key | list -%}{{ pads[digit][side] }}{%- endfor -%}
{%- endmacro %}

{% macro default__hmac_sha256(x, inner, outer) -%}
sha256(unhex('{{ outer }}') || unhex(sha256(unhex('{{ inner }}') || encode({{ x }}))))
{%- endmacro %}

{% macro postgres__hmac_sha256(x, inner, outer) -%}
encode(sha256(decode('{{ outer }}', 'hex') || sha256(decode('{{ inner }}', 'hex') || convert_to({{ x }}, 'UTF8'))), 'hex')
{%- endmacro %}

{% macro clickhouse__hmac_sha256(x, inner, outer) -%}
lower(hex(SHA256(concat(unhex('{{ outer }}'), SHA256(concat(unhex('{{ inner }}'), {{ x }}))))))
{%- endmacro %}

{% macro snowflake__hmac_sha256(x, inner, outer) -%}
sha2(to_binary('{{ outer }}', 'HEX') || sha2_binary(to_binary('{{ inner }}', 'HEX') || to_binary({{ x }}, 'UTF-8'), 256), 256)
{%- endmacro %}

{% macro databricks__hmac_sha256(x, inner, outer) -%}
sha2(unhex('{{ outer }}') || unhex(sha2(unhex('{{ inner }}') || encode({{ x }}, 'UTF-8'), 256)), 256)
{%- endmacro %}
