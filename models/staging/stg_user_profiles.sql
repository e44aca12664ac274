{{ config(materialized='view') }}

with ranked as (
    select
        *,
        row_number() over (partition by _project, user_id order by _loaded_at desc, device_id desc) as recency
    from {{ source('amplitude', 'user_profiles') }}
    where user_id is not null
)

select
    _project as project,
    user_id,
    device_id,
    {{ json_text('amp_props', 'library') }} as library,
    {{ json_text('amp_props', 'first_used') }} as first_used,
    {{ json_text('amp_props', 'last_used') }} as last_used,
    amp_props,
    cohort_ids,
    _loaded_at as loaded_at
from ranked
where recency = 1
