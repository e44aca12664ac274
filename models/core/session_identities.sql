{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

select
    events.session_group as session_group,
    coalesce(sessionless_events.session_key, events.session_group) as session_key,
    events.identity_key as identity_key,
    events.device_id as device_id,
    events.user_id as user_id,
    events.address_key as address_key,
    events.ip_address as ip_address,
    min(events.event_at) as first_at,
    max(events.event_at) as last_at,
    count(*) as events
from {{ when_incremental(ref('touched_events'), ref('stg_events')) }} as events
left join {{ ref('sessionless_events') }} as sessionless_events on events.event_key = sessionless_events.event_key
group by
    events.session_group,
    coalesce(sessionless_events.session_key, events.session_group),
    events.identity_key,
    events.device_id,
    events.user_id,
    events.address_key,
    events.ip_address
