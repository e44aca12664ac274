{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('device_id', ref('touched_devices')) }}") }}

with sessions as (
    select *, row_number() over (partition by device_id order by ended_at desc, session_key desc) as recency
    from {{ ref('int_sessions') }}
    {{ only_touched('device_id', ref('touched_devices')) }}
),

sums as (
    select
        device_id,
        min(started_at) as first_seen_at,
        max(ended_at) as last_seen_at,
        count(*) as sessions,
        {{ as_bigint('sum(events)') }} as events
    from sessions
    where device_id is not null
    group by device_id
)

select
    sums.device_id as device_id,
    latest.platform as platform,
    latest.os_name as os_name,
    latest.os_version as os_version,
    latest.device_family as device_family,
    latest.device_type as device_type,
    latest.device_brand as device_brand,
    latest.device_manufacturer as device_manufacturer,
    latest.device_model as device_model,
    latest.device_carrier as device_carrier,
    latest.language as language,
    latest.version_name as version_name,
    sums.first_seen_at as first_seen_at,
    sums.last_seen_at as last_seen_at,
    sums.sessions as sessions,
    sums.events as events
from sums
inner join sessions as latest on sums.device_id = latest.device_id and latest.recency = 1
