{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('user_key', ref('touched_users')) }}") }}

with sessions as (
    select
        user_key, session_key, started_at, user_id, country, region, city, language, version_name,
        coalesce(user_id, '') || '|' || coalesce(country, '') || '|' || coalesce(region, '') || '|' || coalesce(city, '') || '|'
            || coalesce(language, '') || '|' || coalesce(version_name, '') as version_text
    from {{ ref('fct_sessions') }}
    {{ only_touched('user_key', ref('touched_users')) }}
),

compared as (
    select *, {{ prior('version_text') }} over (partition by user_key order by started_at, session_key) as prior_text
    from sessions
),

changes as (
    select *
    from compared
    where prior_text is null or prior_text <> version_text
)

select
    user_key,
    row_number() over (partition by user_key order by started_at, session_key) as version_number,
    started_at as valid_from,
    {{ following('started_at') }} over (partition by user_key order by started_at, session_key) as valid_until,
    case when {{ following('started_at') }} over (partition by user_key order by started_at, session_key) is null then true else false end as is_current,
    user_id,
    country,
    region,
    city,
    language,
    version_name
from changes
