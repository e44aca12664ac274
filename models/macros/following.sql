{#- Window function: the value of the row after, null at the edge. Write over (...) after it. -#}
{% macro following(x) %}{{ return(adapter.dispatch('following', 'waveguide')(x)) }}{% endmacro %}

{% macro default__following(x) -%}
lead({{ x }})
{%- endmacro %}

{% macro clickhouse__following(x) -%}
lead(toNullable({{ x }}))
{%- endmacro %}
