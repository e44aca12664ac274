{#- A hook before the insert: takes what this run touches out of the table. Several columns are parted by commas. -#}
{% macro forget(column, relation) -%}
{% if is_incremental() %}delete from {{ this }} where ({{ column }}) in (select {{ column }} from {{ relation }}){% endif %}
{%- endmacro %}
