with touched as (
    select identity_key from {{ ref('touched_identities') }}
),

devices as (
    select distinct device_id
    from {{ ref('seen_keys') }}
    where identity_key in (select identity_key from touched)
        and device_id is not null
)

select identity_key as user_key from touched
union
select identity_key as user_key
from {{ ref('seen_keys') }}
where device_id in (select device_id from devices)
