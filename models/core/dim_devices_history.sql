{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('device_id', ref('touched_devices')) }}") }}

with sessions as (
    select
        device_id, session_key, started_at, platform, os_name, os_version, device_family, device_type, language, version_name,
        coalesce(platform, '') || '|' || coalesce(os_name, '') || '|' || coalesce(os_version, '') || '|'
            || coalesce(device_family, '') || '|' || coalesce(device_type, '') || '|' || coalesce(language, '') || '|'
            || coalesce(version_name, '') as version_text
    from {{ ref('int_sessions') }}
    {{ only_touched('device_id', ref('touched_devices')) }}
),

compared as (
    select *, {{ prior('version_text') }} over (partition by device_id order by started_at, session_key) as prior_text
    from sessions
    where device_id is not null
),

changes as (
    select *
    from compared
    where prior_text is null or prior_text <> version_text
)

select
    device_id,
    row_number() over (partition by device_id order by started_at, session_key) as version_number,
    started_at as valid_from,
    {{ following('started_at') }} over (partition by device_id order by started_at, session_key) as valid_until,
    case when {{ following('started_at') }} over (partition by device_id order by started_at, session_key) is null then true else false end as is_current,
    platform,
    os_name,
    os_version,
    device_family,
    device_type,
    language,
    version_name
from changes
