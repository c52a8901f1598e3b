"""What an issue says otherwise than the one before it of the same kind, units and period."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.checks.findings import TITLE
from reports.differences import Difference, compared
from reports.frozen import values_of
from reports.models import Issue
from reports.proof import content_of
from reports.values import Value


@dataclass(frozen=True)
class Retold:
    """A figure in both issues; None where one of them does not tell it."""

    former: Value | None
    present: Value | None

    @property
    def name(self) -> str:
        return (self.present or self.former).title


@dataclass(frozen=True)
class Reissue:
    former: Issue
    figures: list[Retold]
    words: Difference


def since_former(issue: Issue) -> Reissue | None:
    """None for a first issue. Raises Damaged."""
    before = Issue.objects.filter(**issue.about, number__lt=issue.number)
    former = before.defer("pdf", "public_pdf").order_by("-number").first()
    if former is None:
        return None
    old, new = content_of(former), content_of(issue)
    words = compared(_words(old), _words(new), _headings(old) | _headings(new))
    return Reissue(former, list(_figures(old, new)), words)


def _figures(old: dict, new: dict) -> Iterator[Retold]:
    before, after = values_of(old), values_of(new)
    for key in dict.fromkeys([*after, *before]):
        former, present = before.get(key), after.get(key)
        if former is None or present is None or former.told != present.told:
            yield Retold(former, present)


def _words(content: dict) -> dict[str, str]:
    """The stored texts, figures by name, as versions of a draft are compared."""
    return {TITLE: content["title"]} | {s["key"]: s["text"] for s in content["sections"]}


def _headings(content: dict) -> dict[str, str]:
    told = {s["key"]: s["heading"] or "导语" for s in content["sections"]}
    return {TITLE: "标题"} | told
