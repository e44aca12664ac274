{#- The site of a page by the variables site_1 to site_4; without a match its host, without www. -#}
{% macro site_of(host, path) -%}
case when {{ regex_has(host, var('site_1_host')) }} or {{ regex_has(path, var('site_1_path')) }} then '{{ var('site_1') }}'
        when {{ regex_has(host, var('site_2_host')) }} or {{ regex_has(path, var('site_2_path')) }} then '{{ var('site_2') }}'
        when {{ regex_has(host, var('site_3_host')) }} or {{ regex_has(path, var('site_3_path')) }} then '{{ var('site_3') }}'
        when {{ regex_has(host, var('site_4_host')) }} or {{ regex_has(path, var('site_4_path')) }} then '{{ var('site_4') }}'
        else {{ regex_swap(host, '^www[.]', '') }} end
{%- endmacro %}
