{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with acts as (
    select
        events.event_key as event_key,
        events.session_group as session_group,
        events.session_key as session_key,
        events.event_type as event_type,
        events.event_at as event_at,
        coalesce(events.event_id, 0) as event_number,
        events.page_key as page_key,
        events.site as site,
        events.element_tag as element_tag,
        events.element_text as element_text,
        events.element_href as element_href,
        events.element_id as element_id,
        events.element_class as element_class,
        events.element_selector as element_selector,
        events.click_x as click_x,
        events.click_y as click_y,
        events.click_count as click_count,
        events.is_in_menu_hierarchy as is_in_menu_hierarchy
    from {{ when_incremental(ref('touched_events'), ref('session_events')) }} as events
    where events.event_type in ('{{ var('page_event') }}', '{{ var('click_event') }}', '{{ var('rage_event') }}')
),

stepped as (
    select
        *,
        sum(case when event_type = '{{ var('page_event') }}' then 1 else 0 end)
            over (partition by session_key order by event_at, event_number, event_key
                rows between unbounded preceding and current row) as step
    from acts
)

select
    event_key,
    session_group,
    session_key,
    event_at,
    event_number,
    {{ as_bigint('step') }} as step,
    page_key,
    site,
    element_tag,
    element_text,
    element_href,
    element_id,
    element_class,
    element_selector,
    {{ text_key("coalesce(page_key, '') || '|' || coalesce(element_selector, '') || '|' || coalesce(element_id, '') || '|' || coalesce(element_tag, '') || '|' || coalesce(element_text, '') || '|' || coalesce(element_href, '')") }} as element_key,
    click_x,
    click_y,
    case when event_type = '{{ var('rage_event') }}' then true else false end as is_native_rage,
    case when event_type = '{{ var('rage_event') }}' then click_count end as native_clicks,
    case when is_in_menu_hierarchy
            or {{ regex_has('element_selector', var('menu_selector')) }}
            or {{ regex_has('element_class', var('menu_class')) }}
            or {{ regex_has('element_id', var('menu_id')) }}
            or {{ regex_has('element_href', var('menu_href')) }}
            or {{ regex_has('lower(element_text)', var('menu_text')) }}
        then true else false end as is_on_menu
from stepped
where event_type <> '{{ var('page_event') }}'
