{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('session_group', ref('touched_sessions')) }}") }}

select
    session_group,
    session_key,
    min(case when step = 1 then site end) as site,
    max(case when step = 1 then page_key end) as entry_page_key,
    max(case when next_page_key = '(exit)' then page_key end) as exit_page_key,
    count(*) as steps,
    {{ as_bigint('sum(views)') }} as page_views,
    count(distinct page_key) as pages,
    case when count(*) > {{ var('journey_steps') }} then true else false end as is_cut,
    {{ join_text("case when step <= " ~ var('journey_steps') ~ " then page_key when step = " ~ var('journey_steps') ~ " + 1 then '(more)' end", ' > ', 'step') }} as journey
from {{ ref('journey_steps') }}
{{ only_touched('session_group', ref('touched_sessions')) }}
group by session_group, session_key
