{#- Milliseconds from timestamp a to timestamp b. -#}
{% macro ms_between(a, b) -%}
({{ epoch_ms(b) }} - {{ epoch_ms(a) }})
{%- endmacro %}
