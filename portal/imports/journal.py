"""What becomes of each row of a file: pages for the preview, and the trace by which it is undone."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder

from portal.bulk import load
from portal.crypto import decrypt, encrypt
from portal.errors import Unreadable
from portal.models import ImportBatch, ImportedRow, ImportPage

NEW, CHANGED, UNCHANGED, REFUSED, WARNED, HELD = FATES = (
    "new",
    "changed",
    "unchanged",
    "refused",
    "warned",  # stored, but to be looked at; told besides the row's own fate
    "held",  # cannot be undone: changed since
)
PAGE_ROWS = 50
KEPT_ROWS = 500  # traces that are written together
CONTEXT = b"import batch"


def sealed(value) -> bytes:
    text = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return encrypt(text, CONTEXT).encode()


def unsealed(content):
    """Raises Unreadable."""
    try:
        return json.loads(decrypt(bytes(content).decode(), CONTEXT))
    except ValueError:
        raise Unreadable("Part of an import batch is no sealed JSON.") from None


@dataclass(frozen=True)
class RowFate:
    """One line of the preview. ``changes`` are (column, before, after) as a list would show them,
    numbers masked; ``problems`` are those of a refused or warned row."""

    sheet: str
    row: int
    label: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    problems: Sequence[dict] = field(default=())


class Journal:
    """Listens to an import; this one keeps nothing."""

    def tell(self, fate: str, row: RowFate) -> None:
        """A row's fate, in the order of the file."""

    def trace(self, ledger, record, action: str, sheet: str, row: int, before: dict) -> None:
        """A record was stored; ``before`` holds the columns that a change replaced."""

    def finish(self) -> None:
        """All rows were told."""

    def restart(self) -> None:
        """What was told so far is undone, and told anew."""


class Preview(Journal):
    """Seals the rows page by page, so that a long preview stays small in memory and quick to open."""

    def __init__(self, *, only_held=False):
        self.only_held = only_held
        self.pages: list[tuple[str, bytes]] = []
        self._open: dict[str, list] = defaultdict(list)

    def tell(self, fate, row):
        rows = self._open[fate]
        rows.append(vars(row))  # asdict() copies deeply, which is slow
        if len(rows) == PAGE_ROWS:
            self._close(fate)

    def restart(self):
        self.pages, self._open = [], defaultdict(list)

    def finish(self):
        for fate in list(self._open):
            self._close(fate)

    def _close(self, fate):
        if rows := self._open.pop(fate, None):
            self.pages.append((fate, sealed(rows)))

    def keep(self, batch: ImportBatch) -> None:
        """Put the pages in the place of the batch's former ones of a check or an undoing."""
        fates = [HELD] if self.only_held else list(FATES)
        batch.pages.filter(fate__in=fates).delete()
        numbers = defaultdict(int)
        kept = []
        for fate, content in self.pages:
            numbers[fate] += 1
            kept.append(
                ImportPage(
                    unit_id=batch.unit_id,
                    batch=batch,
                    fate=fate,
                    number=numbers[fate],
                    content=content,
                )
            )
        load(ImportPage, kept)


class Trace(Preview):
    """Also keeps, within the import's own transaction, what to undo."""

    def __init__(self, batch: ImportBatch):
        super().__init__()
        self.batch = batch
        self._rows: list[ImportedRow] = []

    def trace(self, ledger, record, action, sheet, row, before):
        self._rows.append(
            ImportedRow(
                unit_id=self.batch.unit_id,
                batch=self.batch,
                ledger=ledger.slug,
                record=record.pk,
                action=action,
                sheet=sheet[:40],
                row=row,
                before=sealed(before) if before else b"",
                record_version=record.version,
            )
        )
        if len(self._rows) >= KEPT_ROWS:
            self._write()

    def restart(self):
        super().restart()
        self._rows = []

    def finish(self):
        super().finish()
        self._write()

    def _write(self):
        load(ImportedRow, self._rows)
        self._rows = []
