{#- A value as a date; a timestamp counts as UTC. -#}
{% macro as_date(x) %}{{ return(adapter.dispatch('as_date', 'waveguide')(x)) }}{% endmacro %}

{% macro default__as_date(x) -%}
cast({{ x }} as date)
{%- endmacro %}

{% macro clickhouse__as_date(x) -%}
cast({{ x }} as Nullable(Date32))
{%- endmacro %}
