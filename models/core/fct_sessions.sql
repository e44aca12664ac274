{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('user_key', ref('touched_users')) }}") }}

with people as (
    select identity_key, user_key
    from {{ ref('dim_identities') }}
    {{ only_touched('user_key', ref('touched_users')) }}
),

visits as (
    select sessions.session_key as session_key, sessions.started_at as started_at, sessions.ended_at as ended_at, people.user_key as user_key
    from {{ ref('int_sessions') }} as sessions
    inner join people on sessions.identity_key = people.identity_key
),

numbered as (
    select
        session_key,
        user_key,
        row_number() over (partition by user_key order by started_at, session_key) as user_session_number,
        {{ ms_between(prior('ended_at') ~ ' over (partition by user_key order by started_at, session_key)', 'started_at') }} / 1000.0 as seconds_since_last_session
    from visits
)

select
    sessions.*,
    numbered.user_key as user_key,
    numbered.user_session_number as user_session_number,
    numbered.seconds_since_last_session as seconds_since_last_session
from {{ ref('int_sessions') }} as sessions
inner join numbered on sessions.session_key = numbered.session_key
