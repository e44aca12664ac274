select 'device' as of_what, device_id as of_whom, sum(case when is_current then 1 else 0 end) as current_versions
from {{ ref('dim_devices_history') }}
group by device_id
having sum(case when is_current then 1 else 0 end) <> 1
union all
select 'user' as of_what, user_key as of_whom, sum(case when is_current then 1 else 0 end) as current_versions
from {{ ref('dim_users_history') }}
group by user_key
having sum(case when is_current then 1 else 0 end) <> 1
