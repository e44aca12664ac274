{#- Days from date a to date b. -#}
{% macro days_between(a, b) %}{{ return(adapter.dispatch('days_between', 'waveguide')(a, b)) }}{% endmacro %}

{% macro default__days_between(a, b) -%}
({{ b }} - {{ a }})
{%- endmacro %}

{% macro clickhouse__days_between(a, b) -%}
dateDiff('day', {{ a }}, {{ b }})
{%- endmacro %}

{% macro databricks__days_between(a, b) -%}
datediff({{ b }}, {{ a }})
{%- endmacro %}
