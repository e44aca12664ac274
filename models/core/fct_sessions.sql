{{ config(materialized='incremental', incremental_strategy='append', pre_hook="{{ forget('user_key', ref('touched_users')) }}") }}

with people as (
    select identity_key, user_key
    from {{ ref('dim_identities') }}
    {{ only_touched('user_key', ref('touched_users')) }}
)

select
    sessions.*,
    people.user_key as user_key,
    row_number() over (partition by people.user_key order by sessions.started_at, sessions.session_key) as user_session_number,
    {{ ms_between(prior('sessions.ended_at') ~ ' over (partition by people.user_key order by sessions.started_at, sessions.session_key)', 'sessions.started_at') }} / 1000.0 as seconds_since_last_session
from {{ ref('int_sessions') }} as sessions
inner join people on sessions.identity_key = people.identity_key
