select address_key, network_class, company
from {{ ref('dim_addresses') }}
where company is not null
    and network_class not in ('business', 'education', 'government')
