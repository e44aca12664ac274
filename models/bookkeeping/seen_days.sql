{{ config(materialized='incremental', incremental_strategy='append') }}

select distinct upload_hour, event_date, event_type
from {{ ref('stg_events') }}
{{ only_touched('upload_hour', ref('touched_hours')) }}
