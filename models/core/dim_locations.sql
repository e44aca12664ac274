select
    location_key,
    min(country) as country,
    min(region) as region,
    min(city) as city,
    min(dma) as dma,
    min(location_lat) as location_lat,
    min(location_lng) as location_lng,
    count(*) as events
from {{ ref('stg_events') }}
where location_key is not null
group by location_key
