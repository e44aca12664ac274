{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('user_key', ref('touched_users')) }}") }}

with people as (
    select identity_key, user_key
    from {{ ref('dim_identities') }}
    {{ only_touched('user_key', ref('touched_users')) }}
),

candidates as (
    select
        people.user_key as user_key,
        {{ epoch_ms('events.event_at') }} as event_ms,
        case when events.event_type = '{{ var('funnel_1_event') }}' and ('{{ var('funnel_1_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_1_page')) }}) then 1 else 0 end as is_1,
        case when events.event_type = '{{ var('funnel_2_event') }}' and ('{{ var('funnel_2_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_2_page')) }}) then 1 else 0 end as is_2,
        case when events.event_type = '{{ var('funnel_3_event') }}' and ('{{ var('funnel_3_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_3_page')) }}) then 1 else 0 end as is_3,
        case when events.event_type = '{{ var('funnel_4_event') }}' and ('{{ var('funnel_4_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_4_page')) }}) then 1 else 0 end as is_4
    from {{ ref('stg_events') }} as events
    inner join people on events.identity_key = people.identity_key
    where events.event_type in ('{{ var('funnel_1_event') }}', '{{ var('funnel_2_event') }}', '{{ var('funnel_3_event') }}', '{{ var('funnel_4_event') }}')
),

step_1 as (
    select user_key, min(event_ms) as at_1
    from candidates
    where is_1 = 1
    group by user_key
),

step_2 as (
    select candidates.user_key as user_key, min(step_1.at_1) as at_1, min(candidates.event_ms) as at_2
    from candidates
    inner join step_1 on candidates.user_key = step_1.user_key
    where candidates.is_2 = 1
        and candidates.event_ms > step_1.at_1
        and candidates.event_ms <= step_1.at_1 + {{ var('funnel_hours') }} * 3600000
    group by candidates.user_key
),

step_3 as (
    select candidates.user_key as user_key, min(step_2.at_1) as at_1, min(candidates.event_ms) as at_3
    from candidates
    inner join step_2 on candidates.user_key = step_2.user_key
    where candidates.is_3 = 1
        and candidates.event_ms > step_2.at_2
        and candidates.event_ms <= step_2.at_1 + {{ var('funnel_hours') }} * 3600000
    group by candidates.user_key
),

step_4 as (
    select candidates.user_key as user_key, min(candidates.event_ms) as at_4
    from candidates
    inner join step_3 on candidates.user_key = step_3.user_key
    where candidates.is_4 = 1
        and candidates.event_ms > step_3.at_3
        and candidates.event_ms <= step_3.at_1 + {{ var('funnel_hours') }} * 3600000
    group by candidates.user_key
)

select
    step_1.user_key as user_key,
    step_1.at_1 as step_1_ms,
    step_2.at_2 as step_2_ms,
    step_3.at_3 as step_3_ms,
    step_4.at_4 as step_4_ms
from step_1
left join step_2 on step_1.user_key = step_2.user_key
left join step_3 on step_1.user_key = step_3.user_key
left join step_4 on step_1.user_key = step_4.user_key
