"""The 18 rules of domain §7.10 by number, and those beyond them."""

from reports.checks.counts import check_counts
from reports.checks.dates import (
    check_coverage,
    check_days,
    check_plans,
    check_theme_days,
    check_years,
)
from reports.checks.elsewhere import check_elsewhere
from reports.checks.leftovers import check_former, check_units
from reports.checks.levels import check_levels
from reports.checks.lists import check_lists, check_slogans
from reports.checks.marks import check_marks
from reports.checks.numbering import check_firstly, check_numbering
from reports.checks.people import check_people
from reports.checks.percents import check_percents
from reports.checks.placeholders import check_placeholders
from reports.checks.retold import check_records
from reports.checks.sums import check_shares, check_sums
from reports.checks.tables import check_tables
from reports.checks.tokens import check_glyphs, check_tokens
from reports.checks.twice import check_against_tables, check_twice
from reports.checks.unproven import check_unproven
from reports.checks.whole import check_amounts, check_figures, check_length
from reports.checks.words import check_repeats, check_terms, check_typos

# Each passage by itself.
IN_PASSAGES = (
    check_tokens,
    check_counts,
    check_percents,
    check_sums,
    check_shares,
    check_lists,
    check_years,
    check_days,
    check_plans,
    check_placeholders,
    check_theme_days,
    check_units,
    check_people,
    check_repeats,
    check_typos,
    check_terms,
    check_marks,
    check_numbering,
    check_firstly,
    check_glyphs,
    check_unproven,
)
# The document as a whole.
IN_DOCUMENT = (
    check_length,
    check_coverage,
    check_figures,
    check_amounts,
    check_tables,
    check_slogans,
    check_records,
    check_former,
    check_elsewhere,
    check_twice,
    check_against_tables,
    check_levels,
)
BY_NUMBER = {
    1: (check_percents,),
    2: (check_percents,),
    3: (check_placeholders,),
    4: (check_counts,),
    5: (check_theme_days,),
    6: (check_lists, check_slogans),
    7: (check_coverage, check_days),
    8: (check_elsewhere,),
    9: (check_amounts,),
    10: (check_people,),
    11: (check_repeats, check_typos),
    12: (check_terms,),
    13: (check_levels,),
    14: (check_plans,),
    15: (check_sums, check_tables),
    16: (check_sums, check_tables),
    17: (check_figures,),
    18: (check_marks, check_numbering, check_firstly),
}
