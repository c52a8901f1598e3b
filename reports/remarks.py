"""The remarks of a summary as its pages show them: by part, open or settled, with what may be done."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.scope import Denied
from reports.checks.findings import TITLE, WHOLE
from reports.models import Comment, Section, Summary
from reports.naming import Named, named
from reports.permissions import check_remark, check_settle, may_take
from reports.services.comments import is_unsent
from reports.tokens import shown

OPEN, SETTLED, ALL = "open", "settled", "all"
CHOICES = {OPEN: "未解决", SETTLED: "已解决", ALL: "全部"}


@dataclass(frozen=True)
class Thread:
    """A remark with its replies; ``is_gone`` when the words it was made on have changed."""

    comment: Comment
    replies: tuple[Comment, ...]
    heading: str
    is_gone: bool
    is_unsent: bool
    may_settle: bool

    @property
    def quote(self) -> list[Named]:
        return named(self.comment.quote)

    @property
    def anchor(self) -> str:
        """The words by which a script finds the place, figures as tokens; '' for a whole part."""
        return "" if self.is_gone else shown(self.comment.quote)


@dataclass(frozen=True)
class Remarks:
    """All threads that the user may see; ``only`` says which of them are listed."""

    threads: tuple[Thread, ...]
    only: str
    parts: Mapping[str, str]
    may_remark: bool
    may_demand: bool

    @cached_property
    def shown(self) -> list[Thread]:
        wanted = {OPEN: (False,), SETTLED: (True,), ALL: (False, True)}[self.only]
        return [t for t in self.threads if bool(t.comment.resolved_at) in wanted]

    @property
    def open(self) -> int:
        return sum(not thread.comment.resolved_at for thread in self.threads)

    @property
    def choices(self) -> list[tuple[str, str, int]]:
        counts = {OPEN: self.open, ALL: len(self.threads)}
        counts[SETTLED] = counts[ALL] - counts[OPEN]
        return [(name, label, counts[name]) for name, label in CHOICES.items()]


def headings_of(sections: list[Section]) -> dict[str, str]:
    return {TITLE: "标题"} | {section.key: section.heading or "导语" for section in sections}


def remarks_of(summary: Summary, sections: list[Section], user, only: str = OPEN) -> Remarks:
    """In the order of the text. Reasons of a return that was not sent yet are for reviewers alone."""
    parts = {WHOLE: "全文"} | headings_of(sections)
    texts = {WHOLE: "", TITLE: summary.title} | {s.key: s.text for s in sections}
    may_return = may_take(user, summary, "return")
    rows = Comment.objects.kept().filter(summary=summary)
    replies, first = defaultdict(list), []
    for row in rows.select_related("recorded_by", "resolved_by").order_by("pk"):
        row.summary = summary
        if row.reply_to_id:
            replies[row.reply_to_id].append(row)
        elif may_return or not is_unsent(row):
            first.append(row)
    order = {key: place for place, key in enumerate(parts)}
    first.sort(key=lambda row: (order.get(row.section_key, len(order)), row.pk))
    threads = tuple(
        Thread(
            comment=row,
            replies=tuple(replies[row.pk]),
            heading=parts.get(row.section_key, "已去掉的部分"),
            is_gone=row.quote not in texts.get(row.section_key, ""),
            is_unsent=is_unsent(row),
            may_settle=_may(check_settle, user, row),
        )
        for row in first
    )
    return Remarks(
        threads=threads,
        only=only if only in CHOICES else OPEN,
        parts=parts,
        may_remark=_may(check_remark, user, summary),
        may_demand=may_return,
    )


def _may(check, user, row) -> bool:
    try:
        check(user, row)
    except Denied:
        return False
    return True
