"""今日工作单: the day's work of one user on A4, with boxes to tick and lines to write on."""

from portal.pdf import render_substituted
from portal.scope import access_of
from portal.today.enums import Due, Group
from portal.today.lists import Work
from portal.today.telling import told
from portal.worklists import worklists

LONGEST = 120  # rows; further ones are numbered at the foot, for a list that is walked with
BLANKS = 4  # lines for what comes up during the day
# (heading, due when, of which group): what is due, the most pressing first, then what came back, was asked
# for or waits for a decision, as far as no deadline put it among the first.
PARTS = (
    *((when.label, when, "") for when in (Due.OVERDUE, Due.TODAY, Due.WEEK)),
    *(
        (f"{group.label}（{when.label}）", when, group)
        for group in (Group.BACK, Group.ASKED, Group.DECIDE)
        for when in (Due.LATER, Due.UNDATED)
    ),
)


def day_paper(work: Work) -> tuple[bytes, int]:
    """The PDF and how many rows it names; the same rows give the same bytes on the same day. Raises
    FontMissing."""
    parts, left, beyond = [], LONGEST, 0
    for title, when, group in PARTS:
        counts = {
            code: count
            for code, count in work.shown(when).items()
            if group in ("", worklists[code].group)
        }
        count = sum(counts.values())
        taken = min(count, left)
        left -= taken
        beyond += count - taken
        if taken:
            rows = [
                {**row, "list": section["title"]}
                for section in told(work, work.sliced(counts, 0, taken, when))
                for row in section["items"]
            ]
            parts.append({"title": title, "count": count, "rows": rows})
    day = work.horizon.today
    context = {
        "day": f"{day.year}年{day.month}月{day.day}日",
        "weekday": f"星期{'一二三四五六日'[day.weekday()]}",
        "kind": work.horizon.calendar.day(day).words,
        "user": work.user,
        "unit": access_of(work.user).home,
        "parts": parts,
        "shows_units": bool(work.communities),
        "beyond": beyond,
        "blanks": range(BLANKS),
    }
    return render_substituted("pdf/today.html", context, base="today"), LONGEST - left
