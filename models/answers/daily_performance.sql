with days as (
    select events.event_date as event_date, events.event_type as event_type, events.session_key as session_key, events.user_key as user_key, count(*) as events
    from {{ ref('fct_events') }} as events
    group by events.event_date, events.event_type, events.session_key, events.user_key
),

sums as (
    select
        days.event_date as event_date,
        days.event_type as event_type,
        {{ as_bigint('sum(days.events)') }} as events,
        count(distinct days.session_key) as sessions,
        count(distinct days.user_key) as users,
        count(distinct case when users.first_seen_date = days.event_date then days.user_key end) as new_users
    from days
    left join {{ ref('dim_users') }} as users on days.user_key = users.user_key
    group by days.event_date, days.event_type
)

select
    dates.date_day as event_date,
    types.event_type as event_type,
    coalesce(sums.events, 0) as events,
    coalesce(sums.sessions, 0) as sessions,
    coalesce(sums.users, 0) as users,
    coalesce(sums.new_users, 0) as new_users
from {{ ref('dim_dates') }} as dates
cross join {{ ref('dim_event_types') }} as types
left join sums on dates.date_day = sums.event_date and types.event_type = sums.event_type
