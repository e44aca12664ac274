{#- A value as text. -#}
{% macro as_text(x) %}{{ return(adapter.dispatch('as_text', 'waveguide')(x)) }}{% endmacro %}

{% macro default__as_text(x) -%}
cast({{ x }} as varchar)
{%- endmacro %}

{% macro clickhouse__as_text(x) -%}
cast({{ x }} as Nullable(String))
{%- endmacro %}

{% macro databricks__as_text(x) -%}
cast({{ x }} as string)
{%- endmacro %}
