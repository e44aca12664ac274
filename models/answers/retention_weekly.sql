with weeks as (
    select distinct user_key, {{ week_of('started_date') }} as active_week
    from {{ ref('fct_sessions') }}
    where is_lone_end = false
        and is_clock_suspect = false
),

firsts as (
    select user_key, min(active_week) as first_week
    from weeks
    group by user_key
),

cohorts as (
    select first_week, count(*) as users
    from firsts
    group by first_week
),

latest as (
    select max(active_week) as last_week from weeks
),

returned as (
    select firsts.first_week as first_week, weeks.active_week as active_week, count(*) as returned_users
    from weeks
    inner join firsts on weeks.user_key = firsts.user_key
    group by firsts.first_week, weeks.active_week
)

select
    returned.first_week as first_week,
    returned.active_week as active_week,
    {{ as_bigint(days_between('returned.first_week', 'returned.active_week') ~ ' / 7') }} as weeks_later,
    cohorts.users as users,
    returned.returned_users as returned_users,
    {{ as_double('returned.returned_users') }} / cohorts.users as share,
    case when returned.active_week = latest.last_week then true else false end as is_incomplete
from returned
inner join cohorts on returned.first_week = cohorts.first_week
cross join latest
where {{ days_between('returned.first_week', 'returned.active_week') }} <= {{ var('retention_weeks') }} * 7
