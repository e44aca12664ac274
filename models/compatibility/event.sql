{{ config(materialized='view') }}

select
    false as _fivetran_deleted,
    landed._loaded_at as _fivetran_synced,
    landed.insert_id as _insert_id,
    landed.adid as ad_id,
    {{ as_text('landed.amplitude_attribution_ids') }} as amplitude_attribution_ids,
    {{ as_text('landed.amplitude_id') }} as amplitude_id,
    {{ as_text('landed.app') }} as app,
    landed.city as city,
    landed.client_event_time as client_event_time,
    landed.client_upload_time as client_upload_time,
    landed.country as country,
    {{ as_text('landed.data') }} as data,
    landed.device_brand as device_brand,
    landed.device_carrier as device_carrier,
    landed.device_family as device_family,
    landed.device_id as device_id,
    landed.device_manufacturer as device_manufacturer,
    landed.device_model as device_model,
    landed.device_type as device_type,
    landed.dma as dma,
    {{ as_text('landed.event_properties') }} as event_properties,
    landed.event_time as event_time,
    landed.event_type as event_type,
    types.id as event_type_id,
    {{ as_text('landed.group_properties') }} as group_properties,
    {{ as_text('landed.groups') }} as groups,
    landed.event_id as id,
    landed.idfa as idfa,
    staged.ip_address as ip_address,
    landed.is_attribution_event as is_attribution_event,
    landed.language as language,
    landed.library as library,
    {{ as_text('landed.location_lat') }} as location_lat,
    {{ as_text('landed.location_lng') }} as location_lng,
    landed.os_name as os_name,
    landed.os_version as os_version,
    landed.paying as paying,
    landed.platform as platform,
    landed.processed_time as processed_time,
    landed._project as project_name,
    landed.region as region,
    landed.schema as schema,
    landed.server_received_time as server_received_time,
    landed.server_upload_time as server_upload_time,
    landed.session_id as session_id,
    landed.start_version as start_version,
    landed.user_creation_time as user_creation_time,
    landed.user_id as user_id,
    {{ as_text('landed.user_properties') }} as user_properties,
    landed.uuid as uuid,
    landed.version_name as version_name
from {{ ref('stg_events') }} as staged
inner join {{ source('amplitude', 'events') }} as landed
    on staged.event_key = landed.uuid
    and staged.upload_hour = landed._upload_hour
    and staged.project = landed._project
left join {{ ref('event_type') }} as types
    on landed.event_type = types.value
    and landed._project = types.project_name
