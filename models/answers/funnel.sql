with counts as (
    select 1 as step, '{{ var('funnel_1_event') }}' as event_type, '{{ var('funnel_1_page') }}' as page, count(step_1_ms) as users from {{ ref('funnel_users') }}
    union all
    select 2 as step, '{{ var('funnel_2_event') }}' as event_type, '{{ var('funnel_2_page') }}' as page, count(step_2_ms) as users from {{ ref('funnel_users') }}
    union all
    select 3 as step, '{{ var('funnel_3_event') }}' as event_type, '{{ var('funnel_3_page') }}' as page, count(step_3_ms) as users from {{ ref('funnel_users') }}
    union all
    select 4 as step, '{{ var('funnel_4_event') }}' as event_type, '{{ var('funnel_4_page') }}' as page, count(step_4_ms) as users from {{ ref('funnel_users') }}
),

entered as (
    select count(step_1_ms) as users from {{ ref('funnel_users') }}
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
