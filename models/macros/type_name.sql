{#- The engine's word for text, bigint, double, boolean, timestamp, date or json. -#}
{% macro type_name(name) %}{{ return(adapter.dispatch('type_name', 'waveguide')(name)) }}{% endmacro %}

{% macro default__type_name(name) -%}
{{ {'text': 'varchar', 'bigint': 'bigint', 'double': 'double', 'boolean': 'boolean', 'timestamp': 'timestamp', 'date': 'date', 'json': 'json'}[name] }}
{%- endmacro %}

{% macro postgres__type_name(name) -%}
{{ {'text': 'text', 'bigint': 'bigint', 'double': 'double precision', 'boolean': 'boolean', 'timestamp': 'timestamp', 'date': 'date', 'json': 'jsonb'}[name] }}
{%- endmacro %}

{% macro clickhouse__type_name(name) -%}
{{ {'text': 'Nullable(String)', 'bigint': 'Nullable(Int64)', 'double': 'Nullable(Float64)', 'boolean': 'Nullable(Bool)', 'timestamp': 'Nullable(DateTime64(6))', 'date': 'Nullable(Date32)', 'json': 'Nullable(String)'}[name] }}
{%- endmacro %}

{% macro snowflake__type_name(name) -%}
{{ {'text': 'varchar', 'bigint': 'bigint', 'double': 'double', 'boolean': 'boolean', 'timestamp': 'timestamp_ntz', 'date': 'date', 'json': 'variant'}[name] }}
{%- endmacro %}

{% macro databricks__type_name(name) -%}
{{ {'text': 'string', 'bigint': 'bigint', 'double': 'double', 'boolean': 'boolean', 'timestamp': 'timestamp', 'date': 'date', 'json': 'variant'}[name] }}
{%- endmacro %}
