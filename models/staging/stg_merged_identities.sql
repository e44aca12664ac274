{{ config(materialized='view') }}

select distinct
    'a' || {{ as_text('amplitude_id') }} as identity_key,
    'a' || {{ as_text('merged_amplitude_id') }} as into_identity_key
from {{ source('amplitude', 'merged_ids') }}
where amplitude_id is not null
    and merged_amplitude_id is not null
    and amplitude_id <> merged_amplitude_id
