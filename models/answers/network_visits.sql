select
    coalesce(addresses.network_class, 'unknown') as network_class,
    coalesce(addresses.organisation, '(none)') as organisation,
    max(coalesce(addresses.confidence, 0)) as confidence,
    count(*) as sessions,
    count(distinct sessions.user_key) as users,
    count(distinct sessions.address_key) as addresses
from {{ ref('fct_sessions') }} as sessions
left join {{ ref('dim_addresses') }} as addresses on sessions.address_key = addresses.address_key
where sessions.is_lone_end = false
group by coalesce(addresses.network_class, 'unknown'), coalesce(addresses.organisation, '(none)')
