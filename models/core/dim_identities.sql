{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('identity_key', ref('touched_identities')) }}") }}

with touched as (
    select user_key as identity_key from {{ ref('touched_users') }}
),

pairs as (
    select
        identity_key,
        device_id,
        min(first_at) as first_at,
        max(last_at) as last_at,
        max(case when user_id is not null then 1 else 0 end) as is_known,
        max(case when user_id is not null then lpad({{ as_text(epoch_ms('last_at')) }}, 15, '0') || user_id end) as last_user
    from {{ ref('session_identities') }}
    {{ only_touched('identity_key', 'touched') }}
    group by identity_key, device_id
),

identities as (
    select
        identity_key,
        min(first_at) as first_at,
        max(last_at) as last_at,
        max(is_known) as is_known,
        substr(max(last_user), 16) as user_id
    from pairs
    group by identity_key
),

known as (
    select pairs.identity_key as identity_key, pairs.device_id as device_id, pairs.first_at as first_at
    from pairs
    inner join identities on pairs.identity_key = identities.identity_key
    where identities.is_known = 1
),

candidates as (
    select
        identities.identity_key as identity_key,
        known.identity_key as known_key,
        min({{ ms_between('identities.first_at', 'known.first_at') }}) as milliseconds_later
    from identities
    inner join pairs on identities.identity_key = pairs.identity_key
    inner join known on pairs.device_id = known.device_id
    where identities.is_known = 0
    group by identities.identity_key, known.identity_key
),

stitched as (
    select
        identity_key,
        known_key,
        row_number() over (
            partition by identity_key
            order by case when milliseconds_later >= 0 then 0 else 1 end, abs(milliseconds_later), known_key
        ) as choice
    from candidates
),

merges as (
    select identity_key, max(into_identity_key) as into_identity_key
    from {{ ref('stg_merged_identities') }}
    group by identity_key
),

first_hop as (
    select
        identities.identity_key as identity_key,
        identities.user_id as user_id,
        identities.first_at as first_at,
        identities.last_at as last_at,
        coalesce(merges.into_identity_key, stitched.known_key, identities.identity_key) as user_key,
        case when merges.into_identity_key is not null then 'merged'
            when stitched.known_key is not null then 'stitched'
            else 'own' end as rule
    from identities
    left join merges on identities.identity_key = merges.identity_key
    left join stitched on identities.identity_key = stitched.identity_key and stitched.choice = 1
),

chosen as (
    select *
    from first_hop
    {{ only_touched('identity_key', ref('touched_identities')) }}
)

select
    chosen.identity_key as identity_key,
    coalesce(third.into_identity_key, second.into_identity_key, chosen.user_key) as user_key,
    chosen.user_id as user_id,
    chosen.rule as rule,
    chosen.first_at as first_at,
    chosen.last_at as last_at
from chosen
left join merges as second on chosen.user_key = second.identity_key
left join merges as third on second.into_identity_key = third.identity_key
