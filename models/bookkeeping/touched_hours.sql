with changed as (
    select upload_hour from {{ ref('changed_hours') }}
),

shared as (
    select uuid
    from {{ ref('repeated_uuids') }}
    where upload_hour in (select upload_hour from changed)
)

select upload_hour from changed
union
select upload_hour
from {{ ref('repeated_uuids') }}
where uuid in (select uuid from shared)
