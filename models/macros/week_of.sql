{#- The Monday of a date. -#}
{% macro week_of(d) %}{{ return(adapter.dispatch('week_of', 'waveguide')(d)) }}{% endmacro %}

{% macro default__week_of(d) -%}
cast(date_trunc('week', {{ d }}) as date)
{%- endmacro %}

{% macro clickhouse__week_of(d) -%}
addDays({{ d }}, 1 - toDayOfWeek({{ d }}))
{%- endmacro %}
