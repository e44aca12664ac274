with owners as (
    select distinct
        reach,
        coalesce(organisation, '') as organisation,
        coalesce(rule_company, '') as rule_company,
        coalesce(rule_class, '') as rule_class
    from {{ ref('address_networks') }}
),

matched as (
    select
        owners.organisation as organisation,
        rules.company as company,
        rules.network_class as network_class,
        row_number() over (partition by owners.organisation order by rules.position, rules.pattern) as choice
    from (select distinct organisation from owners) as owners
    inner join {{ source('enrichment', 'name_rules') }} as rules on lower(owners.organisation) like rules.pattern
),

classed as (
    select
        owners.reach as reach,
        owners.organisation as organisation,
        owners.rule_company as rule_company,
        owners.rule_class as rule_class,
        matched.company as named_company,
        case
            when owners.rule_class <> '' then owners.rule_class
            when owners.reach <> 'public' then 'unknown'
            when matched.network_class is not null then matched.network_class
            when owners.organisation = '' then 'unknown'
            when {{ regex_has('lower(owners.organisation)', var('network_proxy')) }} then 'proxy'
            when {{ regex_has('lower(owners.organisation)', var('network_education')) }} then 'education'
            when {{ regex_has('lower(owners.organisation)', var('network_government')) }} then 'government'
            when {{ regex_has('lower(owners.organisation)', var('network_isp')) }} then 'isp'
            when {{ regex_has('lower(owners.organisation)', var('network_hosting')) }} then 'hosting'
            when {{ regex_has('lower(owners.organisation)', var('network_business')) }} then 'business'
            else 'unknown' end as network_class,
        case
            when owners.rule_class <> '' or matched.network_class is not null then 1.0
            when owners.reach <> 'public' or owners.organisation = '' then 0.0
            when {{ regex_has('lower(owners.organisation)', var('network_proxy')) }} then 0.8
            when {{ regex_has('lower(owners.organisation)', var('network_education')) }} then 0.8
            when {{ regex_has('lower(owners.organisation)', var('network_government')) }} then 0.7
            when {{ regex_has('lower(owners.organisation)', var('network_isp')) }} then 0.7
            when {{ regex_has('lower(owners.organisation)', var('network_hosting')) }} then 0.7
            when {{ regex_has('lower(owners.organisation)', var('network_business')) }} then 0.6
            else 0.0 end as confidence
    from owners
    left join matched on owners.organisation = matched.organisation and matched.choice = 1
),

companies as (
    select
        *,
        case when network_class in ('business', 'education', 'government')
            then coalesce(nullif(rule_company, ''), named_company, nullif(organisation, '')) end as company
    from classed
)

select
    reach,
    organisation,
    rule_company,
    rule_class,
    network_class,
    {{ as_double('confidence') }} as confidence,
    company,
    {{ text_key('lower(company)') }} as company_key
from companies
