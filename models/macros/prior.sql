{#- Window function: the value of the row before, null at the edge. Write over (...) after it. -#}
{% macro prior(x) %}{{ return(adapter.dispatch('prior', 'waveguide')(x)) }}{% endmacro %}

{% macro default__prior(x) -%}
lag({{ x }})
{%- endmacro %}

{% macro clickhouse__prior(x) -%}
lag(toNullable({{ x }}))
{%- endmacro %}
