select distinct upload_hour
from {{ ref('seen_keys') }}
where session_group in (select session_group from {{ ref('touched_sessions') }})
