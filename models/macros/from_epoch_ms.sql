{#- The timestamp, UTC, of milliseconds since 1970. -#}
{% macro from_epoch_ms(ms) %}{{ return(adapter.dispatch('from_epoch_ms', 'waveguide')(ms)) }}{% endmacro %}

{% macro default__from_epoch_ms(ms) -%}
make_timestamp(1000 * {{ ms }})
{%- endmacro %}

{% macro postgres__from_epoch_ms(ms) -%}
(timestamp '1970-01-01' + {{ ms }} * interval '1 millisecond')
{%- endmacro %}

{% macro clickhouse__from_epoch_ms(ms) -%}
fromUnixTimestamp64Milli({{ ms }}, 'UTC')
{%- endmacro %}

{% macro snowflake__from_epoch_ms(ms) -%}
to_timestamp_ntz({{ ms }}, 3)
{%- endmacro %}

{% macro databricks__from_epoch_ms(ms) -%}
timestamp_millis({{ ms }})
{%- endmacro %}
