with clicked as (
    select element_key, count(*) as clicks, count(distinct session_key) as sessions
    from {{ ref('fct_clicks') }}
    where is_native_rage = false
    group by element_key
),

bursts as (
    select
        element_key,
        min(site) as site,
        min(page_key) as page_key,
        min(element_tag) as element_tag,
        min(element_text) as element_text,
        min(element_href) as element_href,
        max(case when is_on_menu then 1 else 0 end) as on_menu,
        sum(case when kind = 'rage' then 1 else 0 end) as rage_bursts,
        sum(case when kind = 'repeated' then 1 else 0 end) as repeated_bursts,
        sum(clicks) as burst_clicks,
        count(distinct session_key) as burst_sessions
    from {{ ref('click_bursts') }}
    group by element_key
)

select
    bursts.element_key as element_key,
    bursts.site as site,
    bursts.page_key as page_key,
    bursts.element_tag as element_tag,
    bursts.element_text as element_text,
    bursts.element_href as element_href,
    case when bursts.on_menu = 1 then true else false end as is_on_menu,
    {{ as_bigint('bursts.rage_bursts') }} as rage_bursts,
    {{ as_bigint('bursts.repeated_bursts') }} as repeated_bursts,
    {{ as_bigint('bursts.burst_clicks') }} as burst_clicks,
    bursts.burst_sessions as burst_sessions,
    coalesce(clicked.clicks, 0) as clicks,
    coalesce(clicked.sessions, 0) as sessions
from bursts
left join clicked on bursts.element_key = clicked.element_key
