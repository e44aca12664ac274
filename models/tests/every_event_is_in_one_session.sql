with sessions as (
    select sum(events) as events
    from {{ ref('fct_sessions') }}
),

events as (
    select count(*) as events
    from {{ ref('stg_events') }}
)

select sessions.events as session_events, events.events as staged_events
from sessions
cross join events
where coalesce(sessions.events, 0) <> events.events
