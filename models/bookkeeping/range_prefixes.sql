select max(first_key) as first_key
from {{ source('enrichment', 'network_ranges') }}
group by substr(first_key, 1, 6)
