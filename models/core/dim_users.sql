{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('user_key', ref('touched_users')) }}") }}

with sessions as (
    select
        *,
        row_number() over (partition by user_key order by ended_at desc, session_key desc) as recency,
        row_number() over (
            partition by user_key
            order by case when user_id is not null then 0 else 1 end, ended_at desc, session_key desc
        ) as known_recency
    from {{ ref('fct_sessions') }}
    {{ only_touched('user_key', ref('touched_users')) }}
),

sums as (
    select
        user_key,
        min(started_at) as first_seen_at,
        max(ended_at) as last_seen_at,
        count(*) as sessions,
        count(distinct device_id) as devices,
        count(distinct identity_key) as identities,
        {{ as_bigint('sum(events)') }} as events,
        {{ as_bigint('sum(page_views)') }} as page_views
    from sessions
    group by user_key
)

select
    sums.user_key as user_key,
    known.user_id as user_id,
    case when known.user_id is null then true else false end as is_anonymous,
    sums.first_seen_at as first_seen_at,
    sums.last_seen_at as last_seen_at,
    {{ as_date('sums.first_seen_at') }} as first_seen_date,
    sums.sessions as sessions,
    sums.devices as devices,
    sums.identities as identities,
    sums.events as events,
    sums.page_views as page_views,
    latest.country as country,
    latest.region as region,
    latest.city as city,
    latest.platform as platform,
    latest.language as language,
    latest.version_name as version_name
from sums
inner join sessions as latest on sums.user_key = latest.user_key and latest.recency = 1
inner join sessions as known on sums.user_key = known.user_key and known.known_recency = 1
