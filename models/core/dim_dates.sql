with digits as (
    select 0 as n union all select 1 union all select 2 union all select 3 union all select 4
    union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),

numbers as (
    select thousands.n * 1000 + hundreds.n * 100 + tens.n * 10 + ones.n as n
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
),

happened as (
    select distinct event_date, is_clock_suspect
    from {{ ref('stg_events') }}
),

span as (
    select min(event_date) as first_date, max(event_date) as last_date
    from happened
    where is_clock_suspect = false
),

dates as (
    select {{ as_date(add_days('span.first_date', 'numbers.n')) }} as date_day
    from span
    cross join numbers
    where numbers.n <= {{ days_between('span.first_date', 'span.last_date') }}
    union
    select event_date
    from happened
)

select
    date_day,
    {{ week_of('date_day') }} as week_start,
    {{ as_bigint('extract(year from date_day)') }} as year_number,
    {{ as_bigint('extract(month from date_day)') }} as month_number,
    {{ as_bigint('extract(day from date_day)') }} as day_number,
    {{ days_between(week_of('date_day'), 'date_day') }} + 1 as iso_weekday,
    case when {{ days_between(week_of('date_day'), 'date_day') }} >= 5 then true else false end as is_weekend
from dates
where date_day is not null
