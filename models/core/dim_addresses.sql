{{ config(materialized='incremental', incremental_strategy='append', pre_hook=[
    "{{ forget('address_key', ref('touched_addresses')) }}",
    "{{ forget_outdated() }}"
]) }}

with chosen as (
    select *
    from {{ ref('session_identities') }}
    {{ only_touched_or_all('address_key', ref('touched_addresses')) }}
),

used as (
    select address_key, max(ip_address) as ip_address, min(first_at) as first_seen_at, max(last_at) as last_seen_at, {{ as_bigint('sum(events)') }} as events
    from chosen
    where address_key is not null
    group by address_key
)

select
    used.address_key as address_key,
    used.ip_address as ip_address,
    networks.ip_version as ip_version,
    networks.reach as reach,
    networks.asn as asn,
    networks.organisation as organisation,
    owners.network_class as network_class,
    owners.confidence as confidence,
    owners.company as company,
    owners.company_key as company_key,
    networks.dataset as dataset,
    networks.dataset_date as dataset_date,
    used.first_seen_at as first_seen_at,
    used.last_seen_at as last_seen_at,
    used.events as events,
    stamp.stamp as enrichment_stamp
from used
left join {{ ref('address_networks') }} as networks on used.address_key = networks.address_key
left join {{ ref('network_owners') }} as owners
    on coalesce(networks.reach, 'public') = owners.reach
    and coalesce(networks.organisation, '') = owners.organisation
    and coalesce(networks.rule_company, '') = owners.rule_company
    and coalesce(networks.rule_class, '') = owners.rule_class
cross join {{ ref('enrichment_stamp') }} as stamp
