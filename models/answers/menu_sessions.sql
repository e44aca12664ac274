{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with menu_clicks as (
    select session_group, session_key, step, event_at, element_key, is_native_rage
    from {{ ref('fct_clicks') }}
    {{ only_touched('session_group', ref('touched_sessions')) }}
    {{ when_incremental("and", "where") }} is_on_menu
),

clicked as (
    select
        session_group,
        session_key,
        sum(case when is_native_rage then 0 else 1 end) as menu_clicks,
        count(distinct element_key) as menu_items,
        min(step) as first_step,
        max(step) as last_step,
        min(event_at) as first_click_at
    from menu_clicks
    group by session_group, session_key
),

menu_steps as (
    select distinct session_key, step from menu_clicks
),

views as (
    select
        session_key,
        step,
        page_key,
        site,
        prior_page_key,
        next_page_key,
        milliseconds_to_next,
        row_number() over (partition by session_key, page_key order by step) as visit
    from {{ ref('fct_page_views') }}
    where session_key in (select session_key from clicked)
),

marked as (
    select
        views.session_key as session_key,
        views.step as step,
        views.site as site,
        views.page_key as page_key,
        views.visit as visit,
        case when views.prior_page_key = views.next_page_key
                and views.page_key <> views.next_page_key
                and views.milliseconds_to_next <= {{ var('quick_back_seconds') }} * 1000
            then 1 else 0 end as is_quick_back,
        case when views.prior_page_key = views.next_page_key
                and views.page_key <> views.next_page_key
                and here.step is not null
                and before.step is not null
            then 1 else 0 end as is_back_and_forth,
        case when views.milliseconds_to_next >= {{ var('content_seconds') }} * 1000
                and before.step is not null
            then 1 else 0 end as is_content
    from views
    left join menu_steps as here on views.session_key = here.session_key and views.step = here.step
    left join menu_steps as before on views.session_key = before.session_key and views.step = before.step + 1
),

walked as (
    select
        session_key,
        min(case when step = 1 then site end) as entry_site,
        min(site) as any_site,
        max(case when step = 1 then page_key end) as entry_page_key,
        max(step) as page_views,
        max(is_quick_back) as has_quick_back,
        max(is_back_and_forth) as has_back_and_forth,
        min(case when is_content = 1 then step end) as content_step
    from marked
    group by session_key
),

found as (
    select
        walked.session_key as session_key,
        max(case when marked.step = walked.content_step then marked.page_key end) as content_page_key,
        count(*) as visits_before,
        sum(case when marked.visit = 1 then 1 else 0 end) as pages_before
    from walked
    inner join marked on walked.session_key = marked.session_key
    where marked.step <= coalesce(walked.content_step, walked.page_views)
    group by walked.session_key
),

items as (
    select menu_clicks.session_key as session_key, count(*) as items_before
    from menu_clicks
    inner join walked on menu_clicks.session_key = walked.session_key
    where menu_clicks.is_native_rage = false
        and (walked.content_step is null or menu_clicks.step < walked.content_step)
    group by menu_clicks.session_key
),

searches as (
    select
        session_key,
        max(event_at) as last_search_at
    from {{ when_incremental(ref('touched_events'), ref('session_events')) }} as events
    where {{ regex_has('lower(event_type)', var('search_pattern')) }}
    group by session_key
),

bursts as (
    select session_key, count(*) as menu_bursts
    from {{ ref('click_bursts') }}
    where is_on_menu
    group by session_key
)

select
    clicked.session_group as session_group,
    clicked.session_key as session_key,
    '{{ var('menu_name') }}' as menu,
    coalesce(walked.entry_site, walked.any_site, '(none)') as site,
    clicked.first_click_at as first_click_at,
    {{ as_bigint('clicked.menu_clicks') }} as menu_clicks,
    clicked.menu_items as menu_items,
    {{ as_bigint('coalesce(walked.page_views, 0)') }} as page_views,
    walked.entry_page_key as entry_page_key,
    found.content_page_key as content_page_key,
    {{ as_bigint('coalesce(items.items_before, 0)') }} as items_before_content,
    {{ as_bigint('coalesce(found.visits_before, 0)') }} as visits_before_content,
    {{ as_bigint('coalesce(found.pages_before, 0)') }} as pages_before_content,
    case when walked.has_back_and_forth = 1 then true else false end as has_back_and_forth,
    case when walked.has_quick_back = 1 then true else false end as has_quick_back,
    case when searches.last_search_at > clicked.first_click_at then true else false end as has_search_after_menu,
    case when clicked.last_step >= coalesce(walked.page_views, 0) then true else false end as has_exit_after_menu,
    case when bursts.menu_bursts > 0 then true else false end as has_burst_on_menu,
    case when walked.content_step is not null then true else false end as has_content
from clicked
left join walked on clicked.session_key = walked.session_key
left join found on clicked.session_key = found.session_key
left join items on clicked.session_key = items.session_key
left join searches on clicked.session_key = searches.session_key
left join bursts on clicked.session_key = bursts.session_key
