select distinct address_key
from {{ ref('seen_keys') }}
where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
    and address_key is not null
