select
    coalesce(addresses.network_class, 'unknown') as network_class,
    count(*) as sessions,
    count(distinct sessions.user_key) as users,
    count(distinct sessions.address_key) as addresses,
    count(distinct addresses.organisation) as organisations
from {{ ref('fct_sessions') }} as sessions
left join {{ ref('dim_addresses') }} as addresses on sessions.address_key = addresses.address_key
where sessions.is_lone_end = false
group by coalesce(addresses.network_class, 'unknown')
