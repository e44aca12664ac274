select distinct event_date, event_type
from {{ ref('seen_days') }}
where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
