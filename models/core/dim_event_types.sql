with happened as (
    select event_type, count(*) as events, min(event_at) as first_seen_at, max(event_at) as last_seen_at
    from {{ ref('stg_events') }}
    group by event_type
),

listed as (
    select
        value as event_type,
        max(display) as display_name,
        max(case when hidden then 1 else 0 end) as hidden,
        max(case when deleted then 1 else 0 end) as deleted
    from {{ source('amplitude', 'events_list') }}
    where value is not null
    group by value
)

select
    happened.event_type as event_type,
    coalesce(listed.display_name, happened.event_type) as display_name,
    case when happened.event_type in ('session_start', 'session_end') then 'session'
        when happened.event_type = '{{ var('page_event') }}' then 'page view'
        when happened.event_type in ('{{ var('click_event') }}', '{{ var('rage_event') }}') then 'click'
        when {{ regex_has('lower(happened.event_type)', var('search_pattern')) }} then 'search'
        else 'other' end as kind,
    case when listed.hidden = 1 then true else false end as is_hidden,
    case when listed.deleted = 1 then true else false end as is_deleted,
    happened.events as events,
    happened.first_seen_at as first_seen_at,
    happened.last_seen_at as last_seen_at
from happened
left join listed on happened.event_type = listed.event_type
