{#- A text; null where a property held a list or an object, whose text differs between engines. -#}
{% macro plain_text(x) -%}
case when left({{ x }}, 1) in ('[', '{')
    then case when {{ regex_has(x, '^([[] *[[{"]|[{] *["}]|[[] *[0-9tfn-][^]]*,)') }} then null else {{ x }} end
    else {{ x }} end
{%- endmacro %}
