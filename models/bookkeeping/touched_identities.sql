with started as (
    select identity_key
    from {{ ref('seen_keys') }}
    where upload_hour in (select upload_hour from {{ ref('touched_hours') }})
    union
    select identity_key from {{ ref('stg_merged_identities') }}
    union
    select into_identity_key from {{ ref('stg_merged_identities') }}
),

near as (
    select identity_key from started
    union
    select identity_key
    from {{ ref('seen_keys') }}
    where device_id in (select device_id from {{ ref('touched_devices') }})
),

near_devices as (
    select distinct device_id
    from {{ ref('seen_keys') }}
    where identity_key in (select identity_key from near)
        and device_id is not null
)

select identity_key from near
union
select identity_key
from {{ ref('seen_keys') }}
where device_id in (select device_id from near_devices)
