{#- A value as a 64-bit integer. -#}
{% macro as_bigint(x) %}{{ return(adapter.dispatch('as_bigint', 'waveguide')(x)) }}{% endmacro %}

{% macro default__as_bigint(x) -%}
cast({{ x }} as bigint)
{%- endmacro %}

{% macro clickhouse__as_bigint(x) -%}
cast({{ x }} as Nullable(Int64))
{%- endmacro %}
