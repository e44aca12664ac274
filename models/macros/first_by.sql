{#- Aggregate: the first value that is not null, by another expression without ties. -#}
{% macro first_by(x, sort_by) %}{{ return(adapter.dispatch('first_by', 'waveguide')(x, sort_by)) }}{% endmacro %}

{% macro default__first_by(x, sort_by) -%}
min_by({{ x }}, case when {{ x }} is not null then {{ sort_by }} end)
{%- endmacro %}

{% macro postgres__first_by(x, sort_by) -%}
(array_agg({{ x }} order by {{ sort_by }}) filter (where {{ x }} is not null))[1]
{%- endmacro %}
