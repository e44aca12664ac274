{#- The path of a URL without query and fragment; null if it is no URL or has no path. -#}
{% macro url_path(url) -%}
{{ regex_group(url, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*([^?#]*)', 1) }}
{%- endmacro %}
