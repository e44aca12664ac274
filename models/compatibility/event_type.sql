{{ config(materialized='view') }}

with ranked as (
    select *, row_number() over (partition by _project, value order by _loaded_at desc) as recency
    from {{ source('amplitude', 'events_list') }}
    where value is not null
)

select
    false as _fivetran_deleted,
    _loaded_at as _fivetran_synced,
    autohidden,
    deleted,
    display,
    flow_hidden,
    hidden,
    id,
    in_waitroom,
    name,
    non_active,
    _project as project_name,
    timeline_hidden,
    totals,
    totals_delta,
    value,
    {{ as_text('waitroom_approved') }} as waitroom_approved
from ranked
where recency = 1
