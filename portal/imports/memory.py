"""What an office chose for the columns of a form, proposed when the form comes again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from portal.imports.headers import Header, read_header
from portal.imports.layout import KEEP, SheetLayout
from portal.imports.reading import Sheet
from portal.imports.wording import plain
from portal.models import ColumnMapping


@dataclass(frozen=True)
class Remembered:
    """By plain label of the sheet's columns: our label, "" for one left out; and KEEP."""

    columns: Mapping[str, str]
    rules: Mapping[str, str]


class Memory:
    """The mappings of one unit; read once, when the first sheet asks."""

    def __init__(self, unit):
        self.unit = unit
        self._known: dict[tuple[str, str], Remembered] | None = None

    def of(self, target: str, header: Header) -> Remembered | None:
        if self._known is None:
            rows = ColumnMapping.objects.filter(unit=self.unit)
            self._known = {
                (row.target, row.fingerprint): Remembered(row.columns, row.rules) for row in rows
            }
        return self._known.get((target, fingerprint(header)))


def fingerprint(header: Header) -> str:
    return hashlib.sha256(header.fingerprint.encode()).hexdigest()


@transaction.atomic
def remember(sheet: Sheet, layout: SheetLayout, *, unit, by) -> None:
    """Keep the columns and rules of a sheet as the office's way to read this form."""
    header = read_header(sheet, layout.header)
    labels = {column: plain(header.label(column)) for column in header.chains}
    columns = {label: layout.columns.get(column, "") for column, label in labels.items()}
    rules = {label: KEEP for column, label in labels.items() if layout.rules.get(column) == KEEP}
    known = ColumnMapping.objects.select_for_update().filter(
        unit=unit, target=layout.target, fingerprint=fingerprint(header)
    )
    mapping = known.first() or ColumnMapping(
        unit=unit, target=layout.target, fingerprint=fingerprint(header)
    )
    if mapping.pk and (mapping.columns, mapping.rules) == (columns, rules):
        return
    mapping.columns, mapping.rules, mapping.saved_by = columns, rules, by
    mapping.save()
