{#- A date n days later. -#}
{% macro add_days(d, n) %}{{ return(adapter.dispatch('add_days', 'waveguide')(d, n)) }}{% endmacro %}

{% macro default__add_days(d, n) -%}
({{ d }} + {{ n }})
{%- endmacro %}

{% macro clickhouse__add_days(d, n) -%}
addDays({{ d }}, {{ n }})
{%- endmacro %}

{% macro databricks__add_days(d, n) -%}
date_add({{ d }}, {{ n }})
{%- endmacro %}
