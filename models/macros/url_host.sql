{#- The host of a URL in lower case, without user and port; null if it is no URL. -#}
{% macro url_host(url) -%}
lower({{ regex_group(url, '^[a-zA-Z][a-zA-Z0-9+.-]*://([^/?#@]*@)?([^/?#:]*)', 2) }})
{%- endmacro %}
