with candidates as (
    select distinct uuid from {{ ref('repeated_uuids') }}
)

select uuid, max({{ as_text(epoch_ms('_upload_hour')) }} || '|' || _project) as home
from {{ source('amplitude', 'events') }}
where uuid in (select uuid from candidates)
group by uuid
