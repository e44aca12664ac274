{#- Aggregate: the interpolated percentile p, between 0 and 1. -#}
{% macro quantile_of(x, p) %}{{ return(adapter.dispatch('quantile_of', 'waveguide')(x, p)) }}{% endmacro %}

{% macro default__quantile_of(x, p) -%}
percentile_cont({{ p }}) within group (order by {{ x }})
{%- endmacro %}

{% macro clickhouse__quantile_of(x, p) -%}
quantileExactInclusive({{ p }})({{ x }})
{%- endmacro %}
