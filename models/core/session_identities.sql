{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

select
    session_group,
    session_key,
    identity_key,
    device_id,
    user_id,
    address_key,
    ip_address,
    min(event_at) as first_at,
    max(event_at) as last_at,
    count(*) as events,
    {{ as_bigint("sum(case when event_type = '" ~ var('click_event') ~ "' then 1 else 0 end)") }} as clicks,
    max(case when event_type = 'session_start' then 1 else 0 end) as has_session_start,
    max(case when event_type = 'session_end' then 1 else 0 end) as has_session_end,
    max(case when event_type = 'session_end' then 0 else 1 end) as has_other_event,
    max(case when is_clock_suspect then 1 else 0 end) as has_clock_suspect,
    max(lpad({{ as_text(epoch_ms('event_at')) }}, 15, '0') || lpad({{ as_text('coalesce(event_id, 0)') }}, 20, '0') || event_key) as last_place
from {{ when_incremental(ref('touched_events'), ref('session_events')) }} as events
group by
    session_group,
    session_key,
    identity_key,
    device_id,
    user_id,
    address_key,
    ip_address
