{{ config(materialized='view') }}

select *
from {{ ref('stg_events') }}
where session_group in (select session_group from {{ ref('touched_sessions') }})
