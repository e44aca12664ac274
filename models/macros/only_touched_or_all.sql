{#- A whole where clause: what this run touches, or everything where the hooks have left nothing of the table. -#}
{% macro only_touched_or_all(column, relation) -%}
{% if is_incremental() %}where {{ column }} in (select {{ column }} from {{ relation }}) or (select count(*) from {{ this }}) = 0{% endif %}
{%- endmacro %}
