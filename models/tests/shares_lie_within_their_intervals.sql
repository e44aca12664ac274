select menu, site, measure, share, share_low, share_high, difference, difference_low, difference_high
from {{ ref('menu_comparison') }}
where share < share_low - 0.000001
    or share > share_high + 0.000001
    or difference < difference_low - 0.000001
    or difference > difference_high + 0.000001
