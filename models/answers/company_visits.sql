select
    addresses.company_key as company_key,
    min(addresses.company) as company,
    min(addresses.network_class) as network_class,
    max(addresses.confidence) as confidence,
    coalesce(sessions.site, '(none)') as site,
    count(*) as sessions,
    count(distinct sessions.user_key) as users,
    count(distinct sessions.address_key) as addresses,
    {{ as_bigint('sum(sessions.page_views)') }} as page_views,
    {{ as_bigint('sum(sessions.clicks)') }} as clicks,
    min(sessions.started_at) as first_visit_at,
    max(sessions.started_at) as last_visit_at
from {{ ref('fct_sessions') }} as sessions
inner join {{ ref('dim_addresses') }} as addresses on sessions.address_key = addresses.address_key
where addresses.company_key is not null
    and sessions.is_lone_end = false
group by addresses.company_key, coalesce(sessions.site, '(none)')
