{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with clicks as (
    select
        *,
        {{ epoch_ms('event_at') }} as event_ms,
        case when is_native_rage then 0 else 1 end as is_click
    from {{ ref('fct_clicks') }}
    {{ only_touched('session_group', ref('touched_sessions')) }}
),

neighbours as (
    select
        *,
        {{ prior('event_ms') }} over (partition by session_key order by event_ms, event_number, event_key) as prior_ms,
        {{ prior('element_key') }} over (partition by session_key order by event_ms, event_number, event_key) as prior_element,
        {{ prior('step') }} over (partition by session_key order by event_ms, event_number, event_key) as prior_step,
        {{ following('event_ms') }} over (partition by session_key order by event_ms, event_number, event_key) as next_ms,
        {{ following('element_key') }} over (partition by session_key order by event_ms, event_number, event_key) as next_element,
        {{ following('step') }} over (partition by session_key order by event_ms, event_number, event_key) as next_step
    from clicks
),

linked as (
    select
        *,
        case when prior_element = element_key and prior_step = step and event_ms - prior_ms <= {{ var('repeat_seconds') }} * 1000
            then 1 else 0 end as follows_on,
        case when next_element = element_key and next_step = step and next_ms - event_ms <= {{ var('repeat_seconds') }} * 1000
            then 1 else 0 end as goes_on
    from neighbours
),

numbered as (
    select
        *,
        sum(1 - follows_on) over (partition by session_key order by event_ms, event_number, event_key
            rows between unbounded preceding and current row) as burst_number
    from linked
    where is_native_rage or follows_on = 1 or goes_on = 1
),

windows as (
    select
        *,
        sum(is_click) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as window_clicks,
        max(event_ms) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as window_end_ms,
        max(click_x) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as right_x,
        min(click_x) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as left_x,
        max(click_y) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as low_y,
        min(click_y) over (
            partition by session_key, burst_number, is_click order by event_ms, event_number, event_key
            rows between current row and {{ var('rage_clicks') - 1 }} following
        ) as high_y
    from numbered
),

bursts as (
    select
        session_group,
        session_key,
        burst_number,
        min(step) as step,
        min(element_key) as element_key,
        min(event_key) as burst_key,
        min(event_at) as started_at,
        max(event_at) as ended_at,
        sum(is_click) as seen_clicks,
        max(native_clicks) as native_clicks,
        max(case when is_native_rage then 1 else 0 end) as has_native,
        max(case when window_clicks >= {{ var('rage_clicks') }}
                and window_end_ms - event_ms <= {{ var('rage_milliseconds') }}
                and coalesce(right_x - left_x, 0) <= {{ var('rage_pixels') }}
                and coalesce(low_y - high_y, 0) <= {{ var('rage_pixels') }}
            then 1 else 0 end) as has_rage,
        max(case when is_on_menu then 1 else 0 end) as on_menu,
        min(page_key) as page_key,
        min(site) as site,
        min(element_tag) as element_tag,
        min(element_text) as element_text,
        min(element_href) as element_href,
        min(element_selector) as element_selector
    from windows
    group by session_group, session_key, burst_number
)

select
    burst_key,
    session_group,
    session_key,
    step,
    {{ as_date('started_at') }} as event_date,
    started_at,
    ended_at,
    {{ ms_between('started_at', 'ended_at') }} as milliseconds,
    {{ as_bigint('case when coalesce(native_clicks, 0) > seen_clicks then native_clicks else seen_clicks end') }} as clicks,
    case when has_native = 1 or has_rage = 1 then 'rage' else 'repeated' end as kind,
    case when has_native = 1 then 'native' else 'derived' end as source,
    case when on_menu = 1 then true else false end as is_on_menu,
    site,
    page_key,
    element_key,
    element_tag,
    element_text,
    element_href,
    element_selector
from bursts
where has_native = 1
    or has_rage = 1
    or seen_clicks >= {{ var('repeat_clicks') }}
