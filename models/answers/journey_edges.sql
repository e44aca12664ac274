with steps as (
    select step, page_key, next_page_key, site, seconds
    from {{ ref('journey_steps') }}
    where step <= {{ var('journey_steps') }}
),

edges as (
    select 0 as step, '(entry)' as from_page, page_key as to_page, count(*) as sessions, 0.0 as seconds
    from steps
    where step = 1
    group by page_key
    union all
    select
        step,
        page_key as from_page,
        case when step = {{ var('journey_steps') }} and next_page_key <> '(exit)' then '(more)' else next_page_key end as to_page,
        count(*) as sessions,
        sum(seconds) as seconds
    from steps
    group by step, page_key, case when step = {{ var('journey_steps') }} and next_page_key <> '(exit)' then '(more)' else next_page_key end
),

ranked as (
    select
        *,
        row_number() over (partition by step order by sessions desc, from_page, to_page) as place
    from edges
),

named as (
    select
        step,
        case when place <= {{ var('journey_edges_per_step') }} then from_page else '(other)' end as from_page,
        case when place <= {{ var('journey_edges_per_step') }} then to_page else '(other)' end as to_page,
        sessions,
        seconds
    from ranked
)

select
    {{ as_bigint('step') }} as step,
    from_page,
    to_page,
    {{ as_bigint('sum(sessions)') }} as sessions,
    {{ as_double('sum(seconds)') }} as seconds
from named
group by step, from_page, to_page
