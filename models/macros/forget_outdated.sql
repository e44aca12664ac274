{#- A hook before the insert: takes out the addresses that were looked up in another set of ranges or rules. -#}
{% macro forget_outdated() -%}
{% if is_incremental() %}delete from {{ this }} where enrichment_stamp not in (select stamp from {{ ref('enrichment_stamp') }}){% endif %}
{%- endmacro %}
