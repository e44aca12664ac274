with landed as (
    select _upload_hour as upload_hour, max(_loaded_at) as loaded_at, {{ as_bigint('count(*)') }} as landed_rows
    from {{ source('amplitude', 'events') }}
    group by _upload_hour
),

transformed as (
    select upload_hour, loaded_at, landed_rows
    from {{ source('bookkeeping', 'transformed_hours') }}
)

select coalesce(landed.upload_hour, transformed.upload_hour) as upload_hour
from landed
full outer join transformed on landed.upload_hour = transformed.upload_hour
where landed.loaded_at is distinct from transformed.loaded_at
    or landed.landed_rows is distinct from transformed.landed_rows
