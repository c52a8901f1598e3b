"""Check or store a whole workbook: every row through its ledger's own form, in one transaction."""

from collections.abc import Callable

from django.db import connection, transaction

from portal.errors import RuleBroken, settle
from portal.imports.combining import CombinedImport
from portal.imports.detecting import detect
from portal.imports.journal import Journal
from portal.imports.layout import Layout
from portal.imports.matching import Table, apply
from portal.imports.memory import Memory
from portal.imports.reading import read_workbook
from portal.imports.report import Report
from portal.imports.rows import SheetImport
from portal.imports.targets import may_fill, offered, rank, target_of
from portal.ledgers.forms import recording_units
from portal.ledgers.registry import ledgers
from portal.scope import Denied, access_of

Progress = Callable[[str, int, int], None]
ROUNDS = 10  # of leaving out rows that break a rule of several rows, until the others keep it
LOCK = 5_402_018  # any number; one import at a time for each unit


def check_may_import(user, unit, ledger=None) -> None:
    """Raise Denied unless the user may import at the unit, for the ledger where one is named."""
    access = access_of(user)
    access.check("records.import", unit.pk)
    permissions = {each.edit_permission for each in ([ledger] if ledger else ledgers)}
    if not any(recording_units(user, p).filter(pk=unit.pk).exists() for p in permissions):
        raise Denied(f"您不能为“{unit}”登记这类记录，未导入任何内容。")


def run(
    content: bytes,
    *,
    ledger,
    unit,
    by,
    commit: bool,
    layout: dict | None = None,
    decisions: dict | None = None,
    progress: Progress = lambda phase, done, total: None,
    good_only: bool = False,
    journal: Journal | None = None,
    patient: bool = False,
) -> Report:
    """Bring the rows of an xlsx file into ``unit``, acting as ``by``.

    Sheets are taken in an order in which rows may refer to rows of earlier ones. A check does the
    same work and undoes it, so its report is exact. One error anywhere and nothing is stored, unless
    ``good_only`` asks for the rows without one; an error that concerns a whole sheet keeps everything
    out all the same. Runs within the caller's scope.

    ``layout`` says how to read the sheets, the proposed way without one, and ``decisions`` what the
    clerk chose for single rows ({sheet: {row: {field: key}}}). ``progress`` hears (phase, rows done,
    rows in all), ``journal`` what becomes of each row. A ``patient`` caller waits for another import
    at the unit to end.

    Raises UnreadableWorkbook for a file that is no workbook, Denied without the permissions.
    """
    check_may_import(by, unit, ledger)
    sheets = read_workbook(content)
    journal = journal or Journal()
    kept_out: dict[str, dict] = {}
    for _ in range(ROUNDS):
        report = Report()
        journal.restart()
        with transaction.atomic():
            if commit:
                _be_alone(unit, patient)
            tables = understood(sheets, ledger, unit, by, report, layout)
            steps = Steps(progress, sum(len(table.sheet.rows) - table.header for table in tables))
            imports = [
                _kind(table)(
                    table, unit, by, report, journal, (decisions or {}).get(table.sheet.name), steps
                )
                for table in tables
            ]
            late = _bring_in(imports, kept_out)
            _settle(report, good_only)
            journal.finish()
            good = not report.errors or (good_only and not report.blocking and not late)
            report.stored = commit and good and (report.changes_something or not report.errors)
            if not report.stored:
                transaction.set_rollback(True)
        if not (commit and good_only and late):
            break
        # The others are stored without the rows that only now turned out to be wrong.
        for name, rows in late.items():
            kept_out.setdefault(name, {}).update(rows)
    return report


def _kind(table: Table) -> type:
    return CombinedImport if table.target.combined else SheetImport


def _bring_in(imports: list, kept_out: dict[str, dict]) -> dict[str, dict]:
    """Run all sheets; the rows, by sheet, that turned out wrong when all were stored."""
    for each in imports:
        each.excluded = kept_out.get(each.table.sheet.name, {})
        each.run()
    found = {each.table.sheet.name: each.look_again() for each in imports}
    return {name: rows for name, rows in found.items() if rows}


class Steps:
    """Counts rows over all sheets and tells the progress."""

    def __init__(self, progress: Progress, total: int):
        self.progress, self.total, self.done = progress, total, 0

    def took(self, rows: int) -> None:
        self.done = min(self.done + rows, self.total)
        self.progress("逐行核对", self.done, self.total)


def _be_alone(unit, patient: bool) -> None:
    """Two imports at once would each miss the rows that the other is storing."""
    with connection.cursor() as cursor:
        if patient:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, unit.pk])
            return
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, unit.pk])
        if not cursor.fetchone()[0]:
            raise Denied(f"“{unit}”正有另一个文件在导入，请稍后再试。")


def _settle(report, good_only: bool) -> None:
    """Whatever look_again() did not find is still a message, not a fault at the commit."""
    if report.blocking or (report.errors and not good_only):
        return
    try:
        with transaction.atomic():
            settle()
    except RuleBroken as refusal:
        report.add("整个文件", refusal.messages[0])


def understood(sheets, ledger, unit, by, report, layout: dict | None) -> list[Table]:
    """The sheets that could be read as tables; why the others could not is reported."""
    read = Layout.from_json(layout) if layout else propose(sheets, ledger=ledger, unit=unit, by=by)
    targets = {}
    for code in dict.fromkeys(sheet.target for sheet in read.sheets if sheet.target):
        target = target_of(code, by, unit)
        targets[code] = target if target and may_fill(target, by, unit) else None
    tables = apply(read, sheets, targets.get, report, whole=ledger is None)
    return sorted(tables, key=lambda table: rank(table.target))


def propose(sheets, *, ledger, unit, by) -> Layout:
    """How the sheets are read unless the clerk says otherwise; ``ledger`` None is a workbook."""
    return detect(sheets, ledger, offered(ledger, by, unit), Memory(unit))
