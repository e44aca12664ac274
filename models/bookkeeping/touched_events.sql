{{ config(materialized='view') }}

select *
from {{ ref('session_events') }}
where session_group in (select session_group from {{ ref('touched_sessions') }})
    and upload_hour in (select upload_hour from {{ ref('touched_session_hours') }})
