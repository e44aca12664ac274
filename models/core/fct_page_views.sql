{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with views as (
    select
        events.event_key as event_key,
        events.session_group as session_group,
        events.session_key as session_key,
        events.event_at as event_at,
        coalesce(events.event_id, 0) as event_number,
        events.page_key as page_key,
        events.site as site,
        events.page_path as page_path,
        events.referrer as referrer,
        events.referring_domain as referring_domain
    from {{ when_incremental(ref('touched_events'), ref('session_events')) }} as events
    where events.event_type = '{{ var('page_event') }}'
)

select
    event_key,
    session_group,
    session_key,
    event_at,
    {{ as_bigint('row_number() over (partition by session_key order by event_at, event_number, event_key)') }} as step,
    page_key,
    site,
    page_path,
    referrer,
    referring_domain,
    {{ prior('page_key') }} over (partition by session_key order by event_at, event_number, event_key) as prior_page_key,
    {{ following('page_key') }} over (partition by session_key order by event_at, event_number, event_key) as next_page_key,
    {{ following('page_path') }} over (partition by session_key order by event_at, event_number, event_key) as next_page_path,
    {{ following(epoch_ms('event_at')) }} over (partition by session_key order by event_at, event_number, event_key)
        - {{ epoch_ms('event_at') }} as milliseconds_to_next
from views
