{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('upload_hour', ref('touched_hours')) }}") }}

with hours as (
    select upload_hour from {{ ref('touched_hours') }}
),

landed as (
    select
        events.*,
        {{ json_fields('events.event_properties', [
            '[Amplitude] Page Location',
            '[Amplitude] Page URL',
            '[Amplitude] Page Path',
            '[Amplitude] Page Domain',
            '[Amplitude] Page Title',
            '[Amplitude] Page Counter',
            'referrer',
            'referring_domain',
            '[Amplitude] Element Tag',
            '[Amplitude] Element Text',
            '[Amplitude] Element Href',
            '[Amplitude] Element ID',
            '[Amplitude] Element Class',
            '[Amplitude] Element Selector',
            '[Amplitude] Element Position Left',
            '[Amplitude] Element Position Top',
            '[Amplitude] X',
            '[Amplitude] Y',
            '[Amplitude] Click Count',
            '[Amplitude] Element Hierarchy'
        ]) }} as fields
    from {{ source('amplitude', 'events') }} as events
    left join {{ ref('uuid_homes') }} as homes on events.uuid = homes.uuid
    where (homes.uuid is null or {{ as_text(epoch_ms('events._upload_hour')) }} || '|' || events._project = homes.home)
        {{ when_incremental("and events._upload_hour in (select upload_hour from hours)", "") }}
),

read as (
    select
        coalesce(
            landed.uuid,
            'row:' || landed._project || '|' || {{ as_text(epoch_ms('landed._upload_hour')) }} || '|' || landed._part
                || '|' || {{ as_text('landed._line') }}
        ) as event_key,
        landed._project as project,
        landed._upload_hour as upload_hour,
        landed.event_id as event_id,
        coalesce(landed.event_type, '(none)') as event_type,
        coalesce(landed.event_time, landed.client_event_time, landed.server_upload_time, landed._upload_hour) as event_at,
        landed.server_upload_time as server_upload_at,
        case when landed.session_id >= 0 then landed.session_id end as session_id,
        landed.device_id as device_id,
        landed.user_id as user_id,
        landed.amplitude_id as amplitude_id,
        case when landed.amplitude_id is not null then 'a' || {{ as_text('landed.amplitude_id') }}
            when landed.user_id is not null then 'u' || landed.user_id
            when landed.device_id is not null then 'd' || landed.device_id
            else '(none)' end as identity_key,
        landed.platform as platform,
        landed.os_name as os_name,
        landed.os_version as os_version,
        landed.device_family as device_family,
        landed.device_type as device_type,
        landed.device_brand as device_brand,
        landed.device_manufacturer as device_manufacturer,
        landed.device_model as device_model,
        landed.device_carrier as device_carrier,
        landed.language as language,
        landed.version_name as version_name,
        landed.country as country,
        landed.region as region,
        landed.city as city,
        landed.dma as dma,
        landed.location_lat as location_lat,
        landed.location_lng as location_lng,
        {{ secret_key('landed.ip_address') }} as address_key,
        case '{{ var('privacy_ip') }}'
            when 'keep' then landed.ip_address
            when 'truncate' then coalesce(
                {{ regex_group('landed.ip_address', '^([0-9]+[.][0-9]+[.][0-9]+[.])[0-9]+$', 1) }} || '0',
                {{ regex_group('landed.ip_address', '^([0-9a-fA-F]+:[0-9a-fA-F]+:[0-9a-fA-F]+:)', 1) }} || ':'
            )
            when 'hmac' then {{ secret_key('landed.ip_address') }}
        end as ip_address,
        coalesce({{ plain_text(json_field('landed.fields', '[Amplitude] Page Location')) }}, {{ plain_text(json_field('landed.fields', '[Amplitude] Page URL')) }}) as page_url,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Page Path')) }} as told_path,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Page Domain')) }} as told_domain,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Page Title')) }} as page_title,
        {{ try_number(json_field('landed.fields', '[Amplitude] Page Counter')) }} as page_counter,
        {{ plain_text(json_field('landed.fields', 'referrer')) }} as referrer,
        {{ plain_text(json_field('landed.fields', 'referring_domain')) }} as referring_domain,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element Tag')) }} as element_tag,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element Text')) }} as element_text,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element Href')) }} as element_href,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element ID')) }} as element_id,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element Class')) }} as element_class,
        {{ plain_text(json_field('landed.fields', '[Amplitude] Element Selector')) }} as element_selector,
        {{ try_number(json_field('landed.fields', '[Amplitude] Element Position Left')) }} as element_left,
        {{ try_number(json_field('landed.fields', '[Amplitude] Element Position Top')) }} as element_top,
        {{ try_number(json_field('landed.fields', '[Amplitude] X')) }} as click_x,
        {{ try_number(json_field('landed.fields', '[Amplitude] Y')) }} as click_y,
        {{ try_number(json_field('landed.fields', '[Amplitude] Click Count')) }} as click_count,
        case when landed.event_type = '{{ var('click_event') }}'
            then {{ regex_has(json_field('landed.fields', '[Amplitude] Element Hierarchy'), var('menu_hierarchy')) }}
        end as is_in_menu_hierarchy
    from landed
),

placed as (
    select
        *,
        project || '|' || coalesce(device_id, identity_key) || '|' || coalesce({{ as_text('session_id') }}, '-1') as session_group,
        coalesce(lower(told_domain), {{ url_host('page_url') }}) as page_host,
        coalesce(
            told_path,
            {{ url_path('page_url') }},
            case when {{ url_host('page_url') }} is not null then '/' end
        ) as page_path
    from read
),

cleaned as (
    select
        *,
        case when {{ regex_has('page_path', '[0-9]') }} or '{{ var('page_rule_5') }}' <> '^$'
            then {{ clean_path('page_path') }} else page_path end as page_clean_path
    from placed
)

select
    event_key, project, upload_hour, event_id, event_type, event_at, server_upload_at, session_id, session_group,
    {{ as_date('event_at') }} as event_date,
    case when event_at < {{ as_date("'" ~ var('first_plausible_date') ~ "'") }}
            or {{ ms_between('server_upload_at', 'event_at') }} > {{ var('clock_tolerance_hours') }} * 3600000
        then true else false end as is_clock_suspect,
    device_id, user_id, amplitude_id, identity_key, platform, os_name, os_version, device_family, device_type,
    device_brand, device_manufacturer, device_model, device_carrier, language, version_name,
    country, region, city, dma, location_lat, location_lng, address_key, ip_address,
    case when coalesce(country, region, city, dma) is not null then {{ text_key("coalesce(country, '') || '|' || coalesce(region, '') || '|' || coalesce(city, '') || '|' || coalesce(dma, '')") }} end as location_key,
    page_url, page_host, page_path, page_clean_path, case when page_clean_path is not null then coalesce(page_host, '') || page_clean_path end as page_key,
    {{ site_of('page_host', 'page_path') }} as site,
    page_title, page_counter, referrer, referring_domain,
    element_tag, element_text, element_href, element_id, element_class, element_selector,
    element_left, element_top, click_x, click_y, click_count, is_in_menu_hierarchy
from cleaned
