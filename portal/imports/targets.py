"""What the rows of a sheet may become: records of one ledger, or of several together."""

from dataclasses import dataclass, replace
from functools import cache

from portal.imports.columns import ImportColumn, blank_form, import_columns
from portal.imports.declare import Combined, Part, PivotHint, combined, dialects_of
from portal.imports.wording import plain
from portal.ledgers.registry import ledgers
from portal.scope import access_of


@dataclass(frozen=True)
class Target:
    """A ledger or a combination, with its columns as one user may fill them at one unit.

    ``only_shown`` are labels, plain, that its exports show and an import leaves alone.
    """

    code: str
    title: str
    columns: tuple[ImportColumn, ...]
    only_shown: frozenset[str] = frozenset()
    ledger: object = None
    combined: Combined | None = None

    def column(self, label: str) -> ImportColumn | None:
        return next((column for column in self.columns if column.label == label), None)

    @property
    def pivots(self) -> tuple[PivotHint, ...]:
        if self.ledger is None:
            return ()
        return tuple(hint for each in dialects_of(self.ledger.model) for hint in each.pivots)

    @property
    def required_groups(self) -> list[tuple[str, ...]]:
        """Labels of which at least one must be there, for every required field."""
        if self.combined:
            return [(label,) for label in self.combined.required]
        groups: dict[str, list[str]] = {}
        for column in self.columns:
            if column.required:
                groups.setdefault(column.field, []).append(column.label)
        return [tuple(labels) for labels in groups.values()]


def ledger_target(ledger, by, unit) -> Target:
    columns = tuple(import_columns(ledger, blank_form(ledger, by, unit)))
    shown = frozenset(plain(column.label) for column in ledger.all_columns)
    return Target(ledger.slug, ledger.title, columns, shown, ledger=ledger)


def combined_target(declared: Combined, by, unit) -> Target:
    columns = tuple(
        column for part in declared.parts for column in part_columns(declared, part, by, unit)
    )
    return Target(declared.code, declared.title, columns, combined=declared)


def part_columns(declared: Combined, part: Part, by, unit) -> list[ImportColumn]:
    """The ledger's columns that the part fills, under their names in the combined sheet."""
    ledger = ledgers[part.ledger]
    found = []
    for column in import_columns(ledger, blank_form(ledger, by, unit)):
        if column.label not in part.columns:
            continue
        label = part.rename.get(column.label, column.label)
        found.append(
            replace(
                column,
                label=label,
                part=part.name,
                ledger_label=column.label,
                required=label in declared.required,
                also=(*declared.labels.get(label, ()), *column.also),
                words={**column.words, **declared.words.get(label, {})},
            )
        )
    return found


def written_by(target) -> list:
    """The ledgers that a Target, a combination or a ledger itself writes to."""
    if isinstance(target, Target):
        target = target.combined or target.ledger
    if isinstance(target, Combined):
        return [ledgers[part.ledger] for part in target.parts]
    return [target]


def code_of(chosen) -> str:
    """The code of the target that a ledger or a combination is."""
    return chosen.code if isinstance(chosen, Combined) else chosen.slug


def may_fill(target, by, unit) -> bool:
    """Whether the user may record at the unit in every ledger that the target writes to."""
    access = access_of(by)
    return all(access.may(ledger.edit_permission, unit.pk) for ledger in written_by(target))


def offered(ledger, by, unit) -> list[Target]:
    """The targets of an import page: the ledger and the combinations that go with it; without a
    ledger all that the user may fill at the unit."""
    found = []
    for each in [ledger] if ledger else in_reference_order(ledgers):
        if access_of(by).may(each.edit_permission, unit.pk):
            found.append(ledger_target(each, by, unit))
    for declared in combined:
        goes_with = ledger is None or ledger.slug in declared.offered
        if goes_with and may_fill(declared, by, unit):
            found.append(combined_target(declared, by, unit))
    return found


def target_of(code: str, by, unit) -> Target | None:
    """The target of a layout; None for one that no app declares any more."""
    if code in ledgers:
        return ledger_target(ledgers[code], by, unit)
    declared = combined.get(code)
    return combined_target(declared, by, unit) if declared else None


def rank(target: Target) -> int:
    """Where the target stands among those whose rows may refer to each other; what several ledgers
    make together comes first."""
    order = [ledger.slug for ledger in in_reference_order(ledgers)]
    return order.index(target.code) if target.code in order else -1


def in_reference_order(chosen) -> list:
    """Ledgers whose rows others refer to before those; else in their own order."""
    asked = {each.model: {ledgers[slug].model for slug in each.refers_to} for each in chosen}

    @cache
    def depth(model) -> int:
        named = {f.related_model for f in model._meta.concrete_fields if f.is_relation}
        named = (named | asked[model]) & asked.keys() - {model}
        return 1 + max(map(depth, named), default=-1)

    return sorted(chosen, key=lambda ledger: depth(ledger.model))
