{#- A run's beginning: a schema for sources that may not be there; ClickHouse calls it a database. -#}
{% macro create_schema_if_missing(name) %}{{ return(adapter.dispatch('create_schema_if_missing', 'waveguide')(name)) }}{% endmacro %}

{% macro default__create_schema_if_missing(name) -%}
create schema if not exists {{ name }}
{%- endmacro %}

{% macro clickhouse__create_schema_if_missing(name) -%}
create database if not exists {{ name }}
{%- endmacro %}
