{#- Aggregate: the last value that is not null, by another expression without ties. -#}
{% macro last_by(x, sort_by) %}{{ return(adapter.dispatch('last_by', 'waveguide')(x, sort_by)) }}{% endmacro %}

{% macro default__last_by(x, sort_by) -%}
max_by({{ x }}, case when {{ x }} is not null then {{ sort_by }} end)
{%- endmacro %}

{% macro postgres__last_by(x, sort_by) -%}
(array_agg({{ x }} order by {{ sort_by }} desc) filter (where {{ x }} is not null))[1]
{%- endmacro %}
