with edges as (
    select sum(sessions) as sessions
    from {{ ref('journey_edges') }}
    where step = 0
),

journeys as (
    select count(*) as sessions
    from {{ ref('journey_sessions') }}
)

select edges.sessions as edge_sessions, journeys.sessions as journey_sessions
from edges
cross join journeys
where coalesce(edges.sessions, 0) <> journeys.sessions
