"""What belongs to a record and goes with it when its time is over: steps, annexes, replies, and all their files.

Apps declare theirs beside their rules in ``retention.py``. What else refers to a record keeps it.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Model

from portal.attachments.services import bound_to
from portal.models import Attachment
from portal.registry import Registry
from portal.retention.due import day_of
from portal.retention.rules import rules

FILES = "附件"


@dataclass(frozen=True)
class Part:
    """Rows of ``model`` that refer by ``via`` to what they belong to.

    With ``rule`` they are also records with a rule of their own: each must be over by that rule, or the whole
    stays. ``cascades``: the web role cannot remove them, the database does with what they belong to.
    """

    model: type[Model]
    via: str
    rule: str = ""
    cascades: bool = False

    @property
    def of(self) -> type[Model]:
        return self.model._meta.get_field(self.via).remote_field.model


class Stays(Exception):
    """Something that is to be kept refers to the record or to a part of it."""


@dataclass
class Whole:
    """A record with all that goes along: what belongs before what it belongs to, the record itself last."""

    rows: list[Model] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)

    @property
    def parts(self) -> Counter:
        """How many of each kind go along."""
        found = Counter(row._meta.verbose_name for row in self.rows[:-1])
        if self.files:
            found[FILES] = len(self.files)
        return found


declared: Registry[Part] = Registry("retention")


def belongs(model: type[Model], via: str, *, rule: str = "", cascades: bool = False) -> None:
    declared.add(f"{model._meta.label_lower}.{via}", Part(model, via, rule, cascades))


def parts_of(model: type[Model]) -> list[Part]:
    return [part for part in declared if part.of is model]


def counted(model: type[Model], keys) -> Counter:
    """How many rows of each kind belong to these rows, and how many files."""
    keys = list(keys)
    if not keys:
        return Counter()
    found = Counter()
    for part in parts_of(model):
        below = part.model._base_manager.filter(**{f"{part.via}__in": keys})
        below = list(below.values_list("pk", flat=True))
        found += Counter({part.model._meta.verbose_name: len(below)}) + counted(part.model, below)
    files = Attachment._base_manager.filter(subject=model._meta.label_lower, subject_id__in=keys)
    return found + Counter({FILES: files.count()})


def gathered(row: Model, today) -> Whole:
    """Raises Stays. Out of a bin goes only what is all in the bin."""
    whole = Whole()
    _gather(whole, row, today, binned=getattr(row, "deleted_at", None) is not None)
    going = {(type(each), each.pk) for each in whole.rows}
    for each in whole.rows:
        for relation in each._meta.related_objects:
            _require_nobody(relation, each, going)
    return whole


def _gather(whole: Whole, row: Model, today, *, binned: bool) -> None:
    for part in parts_of(type(row)):
        below = part.model._base_manager.filter(**{part.via: row.pk}).order_by("pk")
        if not part.cascades:
            below = below.select_for_update(of=("self",))
        for each in below:
            kept = getattr(each, "deleted_at", each) is None
            if (binned and kept) or (part.rule and not _is_over(part.rule, each, today)):
                raise Stays
            _gather(whole, each, today, binned=binned)
    whole.rows.append(row)
    whole.files += bound_to(row).order_by("pk")


def _is_over(code: str, row: Model, today) -> bool:
    """A row without such a day has no time of its own."""
    rule = rules[code]
    since = getattr(row, rule.since)
    return since is None or day_of(since) < rule.kept.first_kept(today)


def _require_nobody(relation, row: Model, going: set) -> None:
    """Who refers to the row goes along, or the row stays."""
    model = relation.related_model
    others = model._base_manager.filter(**{relation.field.name: row.pk})
    if any((model, key) not in going for key in others.values_list("pk", flat=True)):
        raise Stays


def words(counts: list[list]) -> str:
    return "、".join(f"{name} {count}" for name, count in counts)
