{{ config(materialized='incremental', incremental_strategy='append') }}

select distinct upload_hour, session_group, identity_key, device_id, address_key
from {{ ref('stg_events') }}
{{ only_touched('upload_hour', ref('touched_hours')) }}
