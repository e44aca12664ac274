-- depends_on: {{ ref('click_hotspots') }}
-- depends_on: {{ ref('company_visits') }}
-- depends_on: {{ ref('daily_performance') }}
-- depends_on: {{ ref('dim_companies') }}
-- depends_on: {{ ref('dim_devices') }}
-- depends_on: {{ ref('dim_devices_history') }}
-- depends_on: {{ ref('dim_locations') }}
-- depends_on: {{ ref('dim_pages') }}
-- depends_on: {{ ref('dim_users_history') }}
-- depends_on: {{ ref('funnel') }}
-- depends_on: {{ ref('journey_edges') }}
-- depends_on: {{ ref('journey_sessions') }}
-- depends_on: {{ ref('menu_comparison') }}
-- depends_on: {{ ref('network_visits') }}
-- depends_on: {{ ref('retention_weekly') }}

select _upload_hour as upload_hour, max(_loaded_at) as loaded_at, {{ as_bigint('count(*)') }} as landed_rows
from {{ source('amplitude', 'events') }}
group by _upload_hour
