with candidates as (
    select
        people.user_key as user_key,
        {{ epoch_ms('events.event_at') }} as event_ms,
        case when events.event_type = '{{ var('funnel_1_event') }}' and ('{{ var('funnel_1_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_1_page')) }}) then 1 else 0 end as is_1,
        case when events.event_type = '{{ var('funnel_2_event') }}' and ('{{ var('funnel_2_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_2_page')) }}) then 1 else 0 end as is_2,
        case when events.event_type = '{{ var('funnel_3_event') }}' and ('{{ var('funnel_3_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_3_page')) }}) then 1 else 0 end as is_3,
        case when events.event_type = '{{ var('funnel_4_event') }}' and ('{{ var('funnel_4_page') }}' = '' or {{ regex_has('events.page_path', var('funnel_4_page')) }}) then 1 else 0 end as is_4
    from {{ ref('stg_events') }} as events
    inner join {{ ref('dim_identities') }} as people on events.identity_key = people.identity_key
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
),

counts as (
    select 1 as step, '{{ var('funnel_1_event') }}' as event_type, '{{ var('funnel_1_page') }}' as page, count(*) as users from step_1
    union all
    select 2 as step, '{{ var('funnel_2_event') }}' as event_type, '{{ var('funnel_2_page') }}' as page, count(*) as users from step_2
    union all
    select 3 as step, '{{ var('funnel_3_event') }}' as event_type, '{{ var('funnel_3_page') }}' as page, count(*) as users from step_3
    union all
    select 4 as step, '{{ var('funnel_4_event') }}' as event_type, '{{ var('funnel_4_page') }}' as page, count(*) as users from step_4
),

entered as (
    select count(*) as users from step_1
)

select
    counts.step as step,
    counts.event_type as event_type,
    counts.page as page,
    counts.users as users,
    case when entered.users > 0 then {{ as_double('counts.users') }} / entered.users end as share_of_first
from counts
cross join entered
where counts.event_type <> ''
