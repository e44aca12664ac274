{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with touched as (
    select session_group from {{ ref('touched_sessions') }}
),

hours as (
    select upload_hour from {{ ref('touched_session_hours') }}
),

loose as (
    select event_key, session_group, {{ epoch_ms('event_at') }} as event_ms, coalesce(event_id, 0) as event_number
    from {{ ref('stg_events') }}
    where session_id is null
        {{ when_incremental("and session_group in (select session_group from touched) and upload_hour in (select upload_hour from hours)", "") }}
),

gaps as (
    select
        event_key,
        session_group,
        event_ms,
        event_number,
        {{ prior('event_ms') }} over (partition by session_group order by event_ms, event_number, event_key) as prior_ms
    from loose
),

numbered as (
    select
        event_key,
        session_group,
        event_ms,
        sum(case when prior_ms is null or event_ms - prior_ms > {{ var('session_idle_minutes') }} * 60000 then 1 else 0 end)
            over (partition by session_group order by event_ms, event_number, event_key
                rows between unbounded preceding and current row) as session_number
    from gaps
)

select
    event_key,
    session_group,
    session_group || '|' || {{ as_text('min(event_ms) over (partition by session_group, session_number)') }} as session_key
from numbered
