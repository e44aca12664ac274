{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

with views as (
    select
        session_group,
        session_key,
        step as view_step,
        coalesce(page_key, '(no page)') as page_key,
        site,
        milliseconds_to_next,
        case when coalesce(prior_page_key, '(no page)') <> coalesce(page_key, '(no page)') or step = 1 then 1 else 0 end as is_new
    from {{ ref('fct_page_views') }}
    {{ only_touched('session_group', ref('touched_sessions')) }}
),

numbered as (
    select
        *,
        sum(is_new) over (partition by session_key order by view_step rows between unbounded preceding and current row) as step
    from views
),

steps as (
    select
        session_group,
        session_key,
        {{ as_bigint('step') }} as step,
        min(page_key) as page_key,
        min(site) as site,
        count(*) as views,
        {{ as_bigint('sum(milliseconds_to_next)') }} as milliseconds
    from numbered
    group by session_group, session_key, step
)

select
    session_group,
    session_key,
    step,
    page_key,
    site,
    views,
    milliseconds / 1000.0 as seconds,
    coalesce({{ following('page_key') }} over (partition by session_key order by step), '(exit)') as next_page_key
from steps
