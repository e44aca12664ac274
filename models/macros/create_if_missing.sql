{#- A run's beginning: an empty table for a source that may not be there. Columns: name and word of type_name, such as 'id text, at timestamp'. -#}
{% macro create_if_missing(relation, columns) -%}
create table if not exists {{ relation }} ({% for column in columns.split(', ') %}{{ column.split(' ')[0] }} {{ type_name(column.split(' ')[1]) }}{% if not loop.last %}, {% endif %}{% endfor %}){{ table_engine() }}
{%- endmacro %}

{% macro table_engine() %}{{ return(adapter.dispatch('table_engine', 'waveguide')()) }}{% endmacro %}

{% macro default__table_engine() -%}{%- endmacro %}

{% macro clickhouse__table_engine() -%} engine = MergeTree order by tuple(){%- endmacro %}
