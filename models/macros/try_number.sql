{#- Text as a double, or null. -#}
{% macro try_number(x) %}{{ return(adapter.dispatch('try_number', 'waveguide')(x)) }}{% endmacro %}

{% macro default__try_number(x) -%}
try_cast({{ x }} as double)
{%- endmacro %}

{% macro postgres__try_number(x) -%}
case when {{ x }} ~ '^ *[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,2})? *$' then cast({{ x }} as double precision) end
{%- endmacro %}

{% macro clickhouse__try_number(x) -%}
toFloat64OrNull({{ x }})
{%- endmacro %}
