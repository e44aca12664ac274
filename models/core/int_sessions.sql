{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with events as (
    select
        source.session_group as session_group,
        coalesce(sessionless_events.session_key, source.session_group) as session_key,
        source.event_key as event_key,
        source.event_type as event_type,
        source.event_at as event_at,
        source.user_id as user_id,
        source.identity_key as identity_key,
        source.address_key as address_key,
        source.is_clock_suspect as is_clock_suspect,
        lpad({{ as_text(epoch_ms('source.event_at')) }}, 15, '0') || lpad({{ as_text('coalesce(source.event_id, 0)') }}, 20, '0')
            || source.event_key as place
    from {{ when_incremental(ref('touched_events'), ref('stg_events')) }} as source
    left join {{ ref('sessionless_events') }} as sessionless_events on source.event_key = sessionless_events.event_key
),

sums as (
    select
        session_group,
        session_key,
        min(event_at) as started_at,
        max(event_at) as ended_at,
        count(*) as events,
        sum(case when event_type = '{{ var('click_event') }}' then 1 else 0 end) as clicks,
        max(case when event_type = 'session_start' then 1 else 0 end) as has_session_start,
        max(case when event_type = 'session_end' then 1 else 0 end) as has_session_end,
        max(case when event_type = 'session_end' then 0 else 1 end) as has_other_event,
        max(case when is_clock_suspect then 1 else 0 end) as has_clock_suspect,
        min(identity_key) as least_identity,
        max(identity_key) as greatest_identity,
        min(address_key) as least_address,
        max(address_key) as greatest_address,
        substr(max(place), 36) as last_event_key,
        substr(coalesce(max(case when user_id is not null then place end), max(place)), 36) as last_user_event_key
    from events
    group by session_group, session_key
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
    sums.session_group as session_group,
    sums.session_key as session_key,
    last_event.session_id as session_id,
    case when last_event.session_id is null then true else false end as is_sessionless,
    last_event.project as project,
    last_event.device_id as device_id,
    last_user_event.identity_key as identity_key,
    last_user_event.user_id as user_id,
    sums.started_at as started_at,
    sums.ended_at as ended_at,
    {{ as_date('sums.started_at') }} as started_date,
    {{ ms_between('sums.started_at', 'sums.ended_at') }} / 1000.0 as seconds,
    sums.events as events,
    {{ as_bigint('coalesce(views.page_views, 0)') }} as page_views,
    {{ as_bigint('coalesce(views.pages, 0)') }} as pages,
    {{ as_bigint('sums.clicks') }} as clicks,
    views.site as site,
    views.entry_page_key as entry_page_key,
    views.entry_path as entry_path,
    views.exit_page_key as exit_page_key,
    views.exit_path as exit_path,
    views.referring_domain as referring_domain,
    case when sums.has_session_start = 1 then true else false end as has_session_start,
    case when sums.has_session_end = 1 then true else false end as has_session_end,
    case when sums.has_other_event = 0 then true else false end as is_lone_end,
    case when views.page_views = 1 and sums.clicks = 0 then true else false end as is_bounce,
    case when {{ ms_between('sums.started_at', 'sums.ended_at') }} > {{ var('session_max_hours') }} * 3600000 then true else false end as is_overlong,
    case when sums.has_clock_suspect = 1 then true else false end as is_clock_suspect,
    case when sums.least_identity <> sums.greatest_identity then true else false end as has_several_users,
    case when sums.least_address <> sums.greatest_address then true else false end as has_several_addresses,
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
from sums
inner join {{ when_incremental(ref('touched_events'), ref('stg_events')) }} as last_event on sums.last_event_key = last_event.event_key
inner join {{ when_incremental(ref('touched_events'), ref('stg_events')) }} as last_user_event on sums.last_user_event_key = last_user_event.event_key
left join views on sums.session_key = views.session_key
