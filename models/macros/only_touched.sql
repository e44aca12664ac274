{#- A whole where clause: only what this run touches; nothing when the model is built whole. -#}
{% macro only_touched(column, relation) -%}
{% if is_incremental() %}where ({{ column }}) in (select {{ column }} from {{ relation }}){% endif %}
{%- endmacro %}
