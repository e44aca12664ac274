{#- The first text when the model adds to a table that is there, else the second. Name relations in a part of the query that is always rendered, or dbt misses that the model reads them. -#}
{% macro when_incremental(text, otherwise) -%}
{% if is_incremental() %}{{ text }}{% else %}{{ otherwise }}{% endif %}
{%- endmacro %}
