"""What an issue says otherwise than the one before it of the same kind, units and period."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.frozen import laid_out, values_of
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
        return (self.present or self.former).name


@dataclass(frozen=True)
class Passage:
    """Paragraphs that stand in one issue and not in the other, at the same place."""

    former: tuple[str, ...]
    present: tuple[str, ...]


@dataclass(frozen=True)
class Reissue:
    former: Issue
    figures: list[Retold]
    passages: list[Passage]


def since_former(issue: Issue) -> Reissue | None:
    """None for a first issue. Raises Damaged."""
    before = Issue.objects.filter(**issue.about, number__lt=issue.number)
    former = before.defer("pdf", "public_pdf").order_by("-number").first()
    if former is None:
        return None
    old, new = content_of(former), content_of(issue)
    return Reissue(former, list(_figures(old, new)), list(_passages(old, new)))


def _figures(old: dict, new: dict) -> Iterator[Retold]:
    before, after = values_of(old), values_of(new)
    for key in dict.fromkeys([*after, *before]):
        former, present = before.get(key), after.get(key)
        if former is None or present is None or former.told != present.told:
            yield Retold(former, present)


def _passages(old: dict, new: dict) -> Iterator[Passage]:
    before, after = (str(laid_out(content)).split("\n") for content in (old, new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, first, last, start, end in steps:
        if step != "equal":
            yield Passage(tuple(before[first:last]), tuple(after[start:end]))
