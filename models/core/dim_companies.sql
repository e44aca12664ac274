select
    company_key,
    min(company) as company,
    min(network_class) as network_class,
    max(confidence) as confidence,
    count(*) as addresses,
    count(distinct asn) as networks,
    min(first_seen_at) as first_seen_at,
    max(last_seen_at) as last_seen_at,
    max(dataset) as dataset,
    max(dataset_date) as dataset_date
from {{ ref('dim_addresses') }}
where company_key is not null
group by company_key
