{{ config(materialized='incremental', incremental_strategy='append') }}

with changed as (
    select upload_hour from {{ ref('changed_hours') }}
),

arrived as (
    select uuid
    from {{ source('amplitude', 'events') }}
    where _upload_hour in (select upload_hour from changed)
),

repeated as (
    select uuid
    from {{ source('amplitude', 'events') }}
    where uuid is not null
        {{ when_incremental("and uuid in (select uuid from arrived)", "") }}
    group by uuid
    having count(*) > 1
)

select uuid, _project as project, _upload_hour as upload_hour
from {{ source('amplitude', 'events') }}
where uuid in (select uuid from repeated)
