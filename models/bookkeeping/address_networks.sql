{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget_outdated() }}") }}

with hours as (
    select upload_hour as _upload_hour from {{ ref('touched_hours') }}
),

arrived as (
    select distinct ip_address
    from {{ source('amplitude', 'events') }}
    {{ only_touched_or_all('_upload_hour', 'hours') }}
),

landed as (
    select distinct lower(ip_address) as address, {{ secret_key('ip_address') }} as address_key
    from arrived
    where ip_address is not null
),

addresses as (
    select address_key, {{ regex_swap('trim(address)', '^::ffff:', '') }} as address
    from landed
    {{ when_incremental("where address_key not in (select address_key from " ~ this ~ " where address_key in (select address_key from landed))", "") }}
),

parts as (
    select
        address_key,
        address,
        {{ ipv4_number('address') }} as ipv4,
        {{ nth_part('address', '::', 1) }} as head,
        {{ nth_part('address', '::', 2) }} as tail,
        length(address) - length(replace(address, ':', '')) as colons
    from addresses
),

groups as (
    select
        address_key,
        address,
        ipv4,
        case when {{ nth_part('address', '::', 3) }} <> '' then ''
            when length(address) = length(replace(address, '::', '')) then address || ':'
            else case when head = '' then '' else head || ':' end
                || repeat('0:', greatest(8
                    - (case when head = '' then 0 else length(head) - length(replace(head, ':', '')) + 1 end)
                    - (case when tail = '' then 0 else length(tail) - length(replace(tail, ':', '')) + 1 end), 0))
                || case when tail = '' then '' else tail || ':' end
        end as spread
    from parts
),

keys as (
    select
        address_key,
        address,
        case
            when ipv4 is not null then '4' || lpad({{ as_text('ipv4') }}, 10, '0')
            when {{ regex_has('spread', '^([0-9a-f]{1,4}:){8}$') }} then '6'
                || lpad({{ nth_part('spread', ':', 1) }}, 4, '0') || lpad({{ nth_part('spread', ':', 2) }}, 4, '0')
                || lpad({{ nth_part('spread', ':', 3) }}, 4, '0') || lpad({{ nth_part('spread', ':', 4) }}, 4, '0')
                || lpad({{ nth_part('spread', ':', 5) }}, 4, '0') || lpad({{ nth_part('spread', ':', 6) }}, 4, '0')
                || lpad({{ nth_part('spread', ':', 7) }}, 4, '0') || lpad({{ nth_part('spread', ':', 8) }}, 4, '0')
        end as sort_key
    from groups
),

wanted as (
    select distinct sort_key from keys where sort_key is not null
),

near_ranges as (
    select first_key
    from {{ source('enrichment', 'network_ranges') }}
    where substr(first_key, 1, 6) in (select substr(sort_key, 1, 6) from wanted)
    union all
    select first_key
    from {{ ref('range_prefixes') }}
),

range_places as (
    select
        sort_key,
        max(first_key) over (order by sort_key, is_address rows between unbounded preceding and current row) as first_key,
        is_address
    from (
        select first_key as sort_key, first_key, 0 as is_address from near_ranges where first_key is not null
        union all
        select sort_key, {{ as_text('null') }} as first_key, 1 as is_address from wanted
    ) as line
),

rule_places as (
    select
        sort_key,
        max(first_key) over (order by sort_key, is_address rows between unbounded preceding and current row) as first_key,
        is_address
    from (
        select first_key as sort_key, first_key, 0 as is_address from {{ source('enrichment', 'network_rules') }} where first_key is not null
        union all
        select sort_key, {{ as_text('null') }} as first_key, 1 as is_address from wanted
    ) as line
),

found as (
    select range_places.sort_key as sort_key, ranges.asn as asn, ranges.organisation as organisation, ranges.dataset as dataset, ranges.dataset_date as dataset_date
    from range_places
    inner join {{ source('enrichment', 'network_ranges') }} as ranges on range_places.first_key = ranges.first_key
    where range_places.is_address = 1 and range_places.sort_key <= ranges.last_key
),

ruled as (
    select rule_places.sort_key as sort_key, rules.company as company, coalesce(rules.network_class, 'business') as network_class
    from rule_places
    inner join {{ source('enrichment', 'network_rules') }} as rules on rule_places.first_key = rules.first_key
    where rule_places.is_address = 1 and rule_places.sort_key <= rules.last_key
)

select
    keys.address_key as address_key,
    case when keys.sort_key is null then 'invalid'
        when keys.sort_key like '4%' then case when {{ regex_has('keys.address', '^(0|10|127|169[.]254|192[.]168|172[.](1[6-9]|2[0-9]|3[01])|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|22[4-9]|23[0-9]|24[0-9]|25[0-5])[.]') }} then 'private' else 'public' end
        when {{ regex_has('keys.sort_key', '^6(f[cd]|fe[89ab]|ff|0{31})') }} then 'private'
        else 'public' end as reach,
    case when keys.sort_key is not null then case when keys.sort_key like '4%' then 4 else 6 end end as ip_version,
    found.asn as asn,
    found.organisation as organisation,
    found.dataset as dataset,
    found.dataset_date as dataset_date,
    ruled.company as rule_company,
    ruled.network_class as rule_class,
    stamp.stamp as enrichment_stamp
from keys
left join found on keys.sort_key = found.sort_key
left join ruled on keys.sort_key = ruled.sort_key
cross join {{ ref('enrichment_stamp') }} as stamp
