select distinct event_date
from {{ ref('seen_keys') }}
where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
