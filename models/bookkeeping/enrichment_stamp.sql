select
    {{ as_text('(select count(*) from ' ~ source('enrichment', 'network_ranges') ~ ')') }} || '|'
        || coalesce({{ as_text('(select max(dataset_date) from ' ~ source('enrichment', 'network_ranges') ~ ')') }}, '') || '|'
        || coalesce((select max(dataset) from {{ source('enrichment', 'network_ranges') }}), '') || '|'
        || coalesce((select {{ text_key(join_text("first_key || '-' || last_key || '-' || coalesce(company, '') || '-' || coalesce(network_class, '')", ';', 'first_key')) }} from {{ source('enrichment', 'network_rules') }}), '') || '|'
        || coalesce((select {{ text_key(join_text("pattern || '-' || coalesce(company, '') || '-' || coalesce(network_class, '') || '-' || " ~ as_text('position'), ';', 'pattern')) }} from {{ source('enrichment', 'name_rules') }}), '') as stamp
