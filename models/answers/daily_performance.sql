with newcomers as (
    select first_seen_date, count(*) as new_users
    from {{ ref('dim_users') }}
    group by first_seen_date
),

days as (
    select
        dates.date_day as event_date,
        types.event_type as event_type,
        coalesce(activity.events, 0) as events,
        coalesce(activity.sessions, 0) as sessions,
        coalesce(activity.users, 0) as users
    from {{ ref('dim_dates') }} as dates
    cross join {{ ref('dim_event_types') }} as types
    left join {{ ref('daily_activity') }} as activity
        on dates.date_day = activity.event_date and types.event_type = activity.event_type
)

select
    days.event_date as event_date,
    days.event_type as event_type,
    days.events as events,
    days.sessions as sessions,
    days.users as users,
    coalesce(newcomers.new_users, 0) as new_users_of_day
from days
left join newcomers on days.event_date = newcomers.first_seen_date
