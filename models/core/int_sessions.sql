{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with parts as (
    select *
    from {{ ref('session_identities') }}
    {{ only_touched('session_group', ref('touched_sessions')) }}
),

sums as (
    select
        session_group,
        session_key,
        min(first_at) as started_at,
        max(last_at) as ended_at,
        {{ as_bigint('sum(events)') }} as events,
        {{ as_bigint('sum(clicks)') }} as clicks,
        max(has_session_start) as has_session_start,
        max(has_session_end) as has_session_end,
        max(has_other_event) as has_other_event,
        max(has_clock_suspect) as has_clock_suspect,
        min(identity_key) as least_identity,
        max(identity_key) as greatest_identity,
        min(address_key) as least_address,
        max(address_key) as greatest_address,
        max(last_place) as last_place,
        coalesce(max(case when user_id is not null then last_place end), max(last_place)) as last_user_place
    from parts
    group by session_group, session_key
),

placed as (
    select sums.*, last_user.identity_key as identity_key, last_user.user_id as user_id, substr(sums.last_place, 36) as last_event_key
    from sums
    inner join parts as last_user on sums.last_user_place = last_user.last_place
),

views as (
    select
        session_key,
        count(*) as page_views,
        count(distinct page_key) as pages,
        max(case when step = 1 then page_key end) as entry_page_key,
        max(case when step = 1 then page_path end) as entry_path,
        max(case when step = 1 then site end) as site,
        max(case when step = 1 then referring_domain end) as referring_domain,
        max(case when milliseconds_to_next is null then page_key end) as exit_page_key,
        max(case when milliseconds_to_next is null then page_path end) as exit_path
    from {{ ref('fct_page_views') }}
    {{ only_touched('session_group', ref('touched_sessions')) }}
    group by session_key
)

select
    placed.session_group as session_group,
    placed.session_key as session_key,
    last_event.session_id as session_id,
    case when last_event.session_id is null then true else false end as is_sessionless,
    last_event.project as project,
    last_event.device_id as device_id,
    placed.identity_key as identity_key,
    placed.user_id as user_id,
    placed.started_at as started_at,
    placed.ended_at as ended_at,
    {{ as_date('placed.started_at') }} as started_date,
    {{ ms_between('placed.started_at', 'placed.ended_at') }} / 1000.0 as seconds,
    placed.events as events,
    {{ as_bigint('coalesce(views.page_views, 0)') }} as page_views,
    {{ as_bigint('coalesce(views.pages, 0)') }} as pages,
    placed.clicks as clicks,
    views.site as site,
    views.entry_page_key as entry_page_key,
    views.entry_path as entry_path,
    views.exit_page_key as exit_page_key,
    views.exit_path as exit_path,
    views.referring_domain as referring_domain,
    case when placed.has_session_start = 1 then true else false end as has_session_start,
    case when placed.has_session_end = 1 then true else false end as has_session_end,
    case when placed.has_other_event = 0 then true else false end as is_lone_end,
    case when views.page_views = 1 and placed.clicks = 0 then true else false end as is_bounce,
    case when {{ ms_between('placed.started_at', 'placed.ended_at') }} > {{ var('session_max_hours') }} * 3600000 then true else false end as is_overlong,
    case when placed.has_clock_suspect = 1 then true else false end as is_clock_suspect,
    case when placed.least_identity <> placed.greatest_identity then true else false end as has_several_users,
    case when placed.least_address <> placed.greatest_address then true else false end as has_several_addresses,
    last_event.address_key as address_key,
    last_event.ip_address as ip_address,
    last_event.location_key as location_key,
    last_event.country as country,
    last_event.region as region,
    last_event.city as city,
    last_event.platform as platform,
    last_event.os_name as os_name,
    last_event.os_version as os_version,
    last_event.device_family as device_family,
    last_event.device_type as device_type,
    last_event.device_brand as device_brand,
    last_event.device_manufacturer as device_manufacturer,
    last_event.device_model as device_model,
    last_event.device_carrier as device_carrier,
    last_event.language as language,
    last_event.version_name as version_name
from placed
inner join {{ when_incremental(ref('touched_events'), ref('stg_events')) }} as last_event on placed.last_event_key = last_event.event_key
left join views on placed.session_key = views.session_key
