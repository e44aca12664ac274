{{ config(materialized='view') }}

select distinct
    _project as project,
    cohort_id,
    amplitude_id,
    user_id,
    'a' || {{ as_text('amplitude_id') }} as identity_key
from {{ source('amplitude', 'cohort_members') }}
where cohort_id is not null
