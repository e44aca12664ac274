{#- A page's path after the rules of the variables page_rule_1 to page_rule_5. -#}
{% macro clean_path(path) -%}
{{ regex_swap(regex_swap(regex_swap(regex_swap(regex_swap(path, var('page_rule_1'), var('page_rule_1_by')), var('page_rule_2'), var('page_rule_2_by')), var('page_rule_3'), var('page_rule_3_by')), var('page_rule_4'), var('page_rule_4_by')), var('page_rule_5'), var('page_rule_5_by')) }}
{%- endmacro %}
