select
    page_key,
    min(site) as site,
    min(page_host) as host,
    min(page_clean_path) as path,
    max(page_title) as title,
    min(event_at) as first_seen_at,
    max(event_at) as last_seen_at,
    {{ as_bigint("sum(case when event_type = '" ~ var('page_event') ~ "' then 1 else 0 end)") }} as page_views
from {{ ref('stg_events') }}
where page_key is not null
group by page_key
