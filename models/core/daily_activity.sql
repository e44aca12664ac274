{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('event_date, event_type', ref('touched_days')) }}") }}

select
    event_date,
    event_type,
    count(*) as events,
    count(distinct session_key) as sessions,
    count(distinct identity_key) as users
from {{ ref('session_events') }}
{{ only_touched('event_date, event_type', ref('touched_days')) }}
group by event_date, event_type
