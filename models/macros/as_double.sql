{#- A value as a double. -#}
{% macro as_double(x) %}{{ return(adapter.dispatch('as_double', 'waveguide')(x)) }}{% endmacro %}

{% macro default__as_double(x) -%}
cast({{ x }} as double precision)
{%- endmacro %}

{% macro clickhouse__as_double(x) -%}
cast({{ x }} as Nullable(Float64))
{%- endmacro %}

{% macro databricks__as_double(x) -%}
cast({{ x }} as double)
{%- endmacro %}
