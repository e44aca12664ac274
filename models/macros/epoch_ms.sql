{#- Milliseconds since 1970, UTC, of a timestamp. -#}
{% macro epoch_ms(ts) %}{{ return(adapter.dispatch('epoch_ms', 'waveguide')(ts)) }}{% endmacro %}

{% macro default__epoch_ms(ts) -%}
epoch_ms({{ ts }})
{%- endmacro %}

{% macro postgres__epoch_ms(ts) -%}
cast(floor(extract(epoch from {{ ts }}) * 1000) as bigint)
{%- endmacro %}

{% macro clickhouse__epoch_ms(ts) -%}
toUnixTimestamp64Milli({{ ts }})
{%- endmacro %}

{% macro snowflake__epoch_ms(ts) -%}
date_part(epoch_millisecond, {{ ts }})
{%- endmacro %}

{% macro databricks__epoch_ms(ts) -%}
unix_millis({{ ts }})
{%- endmacro %}
