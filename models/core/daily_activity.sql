{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('event_date', ref('touched_dates')) }}") }}

select
    events.event_date as event_date,
    events.event_type as event_type,
    count(*) as events,
    count(distinct coalesce(sessionless_events.session_key, events.session_group)) as sessions,
    count(distinct events.identity_key) as users
from {{ ref('stg_events') }} as events
left join {{ ref('sessionless_events') }} as sessionless_events on events.event_key = sessionless_events.event_key
{{ only_touched('event_date', ref('touched_dates')) }}
group by events.event_date, events.event_type
