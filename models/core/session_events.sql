{{ config(materialized='view') }}

select events.*, events.session_group as session_key
from {{ ref('stg_events') }} as events
where events.session_id is not null
union all
select events.*, sessionless_events.session_key as session_key
from {{ ref('stg_events') }} as events
inner join {{ ref('sessionless_events') }} as sessionless_events on events.event_key = sessionless_events.event_key
where events.session_id is null
