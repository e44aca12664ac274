{#- Aggregate: the texts in order with a separator between them. -#}
{% macro join_text(x, separator, sort_by) %}{{ return(adapter.dispatch('join_text', 'waveguide')(x, separator, sort_by)) }}{% endmacro %}

{% macro default__join_text(x, separator, sort_by) -%}
string_agg({{ x }}, '{{ separator }}' order by {{ sort_by }})
{%- endmacro %}

{% macro clickhouse__join_text(x, separator, sort_by) -%}
nullIf(arrayStringConcat(arrayMap(p -> p.2, arraySort(p -> p.1, groupArrayIf(({{ sort_by }}, assumeNotNull({{ x }})), {{ x }} is not null))), '{{ separator }}'), '')
{%- endmacro %}

{% macro snowflake__join_text(x, separator, sort_by) -%}
listagg({{ x }}, '{{ separator }}') within group (order by {{ sort_by }})
{%- endmacro %}

{% macro databricks__join_text(x, separator, sort_by) -%}
listagg({{ x }}, '{{ separator }}') within group (order by {{ sort_by }})
{%- endmacro %}
