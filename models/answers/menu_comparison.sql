with shortest as (
    select site, entry_page_key, content_page_key, min(pages_before_content) as fewest_pages
    from {{ ref('menu_sessions') }}
    where has_content
    group by site, entry_page_key, content_page_key
),

lost as (
    select
        sessions.*,
        case when sessions.has_content and sessions.visits_before_content > 0 and sessions.pages_before_content > 0 then sqrt(
            ({{ as_double('sessions.pages_before_content') }} / sessions.visits_before_content - 1)
                * ({{ as_double('sessions.pages_before_content') }} / sessions.visits_before_content - 1)
            + ({{ as_double('shortest.fewest_pages') }} / sessions.pages_before_content - 1)
                * ({{ as_double('shortest.fewest_pages') }} / sessions.pages_before_content - 1)
        ) end as lostness
    from {{ ref('menu_sessions') }} as sessions
    left join shortest
        on sessions.site = shortest.site
        and sessions.entry_page_key = shortest.entry_page_key
        and sessions.content_page_key = shortest.content_page_key
),

measured as (
    select menu, site, 'back_and_forth' as measure, 1 as counts, case when has_back_and_forth then 1 else 0 end as hit from lost
    union all
    select menu, site, 'quick_back' as measure, 1 as counts, case when has_quick_back then 1 else 0 end as hit from lost
    union all
    select menu, site, 'three_items_before_content' as measure, 1 as counts, case when items_before_content >= 3 then 1 else 0 end as hit from lost
    union all
    select menu, site, 'no_content' as measure, 1 as counts, case when has_content then 0 else 1 end as hit from lost
    union all
    select menu, site, 'search_after_menu' as measure, 1 as counts, case when has_search_after_menu then 1 else 0 end as hit from lost
    union all
    select menu, site, 'exit_after_menu' as measure, 1 as counts, case when has_exit_after_menu then 1 else 0 end as hit from lost
    union all
    select menu, site, 'burst_on_menu' as measure, 1 as counts, case when has_burst_on_menu then 1 else 0 end as hit from lost
    union all
    select menu, site, 'lost' as measure, case when lostness is not null then 1 else 0 end as counts, case when lostness > 0.5 then 1 else 0 end as hit from lost
),

sites as (
    select menu, site, measure, sum(counts) as sessions, sum(hit) as hits
    from measured
    group by menu, site, measure
),

totals as (
    select menu, measure, sum(sessions) as sessions, sum(hits) as hits
    from sites
    group by menu, measure
),

compared as (
    select
        sites.menu as menu,
        sites.site as site,
        sites.measure as measure,
        {{ as_double('sites.sessions') }} as n,
        {{ as_double('sites.hits') }} as k,
        {{ as_double('totals.sessions - sites.sessions') }} as other_n,
        {{ as_double('totals.hits - sites.hits') }} as other_k
    from sites
    inner join totals on sites.menu = totals.menu and sites.measure = totals.measure
),

shares as (
    select
        *,
        case when n > 0 then k / n end as share,
        case when other_n > 0 then other_k / other_n end as other_share
    from compared
),

bounds as (
    select
        *,
        case when n > 0 then (share + 1.9208 / n - 1.96 * sqrt(share * (1 - share) / n + 0.9604 / (n * n))) / (1 + 3.8416 / n) end as share_low,
        case when n > 0 then (share + 1.9208 / n + 1.96 * sqrt(share * (1 - share) / n + 0.9604 / (n * n))) / (1 + 3.8416 / n) end as share_high,
        case when other_n > 0 then (other_share + 1.9208 / other_n - 1.96 * sqrt(other_share * (1 - other_share) / other_n + 0.9604 / (other_n * other_n))) / (1 + 3.8416 / other_n) end as other_low,
        case when other_n > 0 then (other_share + 1.9208 / other_n + 1.96 * sqrt(other_share * (1 - other_share) / other_n + 0.9604 / (other_n * other_n))) / (1 + 3.8416 / other_n) end as other_high
    from shares
),

differences as (
    select
        *,
        share - other_share as difference,
        share - other_share - sqrt((share - share_low) * (share - share_low) + (other_high - other_share) * (other_high - other_share)) as difference_low,
        share - other_share + sqrt((share_high - share) * (share_high - share) + (other_share - other_low) * (other_share - other_low)) as difference_high
    from bounds
)

select
    menu,
    site,
    measure,
    {{ as_bigint('n') }} as sessions,
    {{ as_bigint('k') }} as hits,
    share,
    share_low,
    share_high,
    {{ as_bigint('other_n') }} as other_sessions,
    {{ as_bigint('other_k') }} as other_hits,
    other_share,
    difference,
    difference_low,
    difference_high,
    case
        when n < {{ var('menu_min_sessions') }} or other_n < {{ var('menu_min_sessions') }} then 'too few sessions'
        when difference_low > 0 then 'more than elsewhere'
        when difference_high < 0 then 'less than elsewhere'
        else 'no clear difference' end as evidence
from differences
