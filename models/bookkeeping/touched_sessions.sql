select distinct session_group
from {{ ref('seen_keys') }}
where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
