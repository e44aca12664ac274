select distinct device_id
from {{ ref('seen_keys') }}
where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
    and device_id is not null
