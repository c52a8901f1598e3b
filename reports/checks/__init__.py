"""The checker: what a careful reader would mark in a draft. Pure functions over text and facts.

Each passage is read once (``passage.py``), the rules (``rules.py``) say what they find in it, and ``running.py``
keeps of several findings about one number the strongest. The rules of domain §7.10:

====  ===============================================  =========  ==============================================
 No.  What is marked                                   How        Where
====  ===============================================  =========  ==============================================
   1  a rate that its terms or the records do not give error      percents.check_percents
   2  a percentage without its terms                   error      percents.check_percents
   3  ××, 20xx, “” left open                           error      placeholders.check_placeholders
   4  余, 多, 约, 近 where the records count exactly   warning    counts.check_counts
   5  the ordinal of a theme day                       error      dates.check_theme_days
   6  六项制度 with three of them; a motto unexplained warning    lists.check_lists, check_slogans
   7  months without records; days of another period   warning    dates.check_coverage, check_days
   8  one event, two head-counts in two summaries      warning    elsewhere.check_elsewhere
   9  help, gifts, subsidies without an amount         warning    whole.check_amounts
  10  residents named: minors, the ill (error), others both       people.check_people
  11  发放发放; wrong characters                       warning    words.check_repeats, check_typos
  12  words of yesterday                               warning    words.check_terms
  13  镇政府 in a 街道, 县委 beside 区委               warning    levels.check_levels
  14  plans dated in the past                          warning    dates.check_plans
  15  totals that are no sum, in text and in tables    error      sums.check_sums, tables.check_tables
  16  totals that count a part twice                   error      sums.check_sums, tables.check_tables
  17  a report of no figures, or of noughts            warning    whole.check_figures
  18  punctuation, numerals, levels and their marks    warning    marks.check_marks, numbering.check_numbering,
                                                                  check_firstly
====  ===============================================  =========  ==============================================

Beyond them: a typed number against the figure that its words name (``counts.py``) and against the sentence that
the records make (``retold.py``), the same thing told twice (``twice.py``), sentences of last year and names of
other units (``leftovers.py``), unknown figures and missing typefaces (``tokens.py``), more than 4,000 characters
(``whole.py``), and every typed number that has no record (``unproven.py``).
"""

from reports.checks.findings import Finding, Grounds, Piece
from reports.checks.running import check

__all__ = ["Finding", "Grounds", "Piece", "check"]
