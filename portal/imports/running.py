"""Check or store a whole workbook: every row through its ledger's own form, all or nothing."""

from django.db import connection, transaction

from portal.errors import RuleBroken, settle
from portal.imports.columns import blank_form, import_columns
from portal.imports.matching import paired, sheet_of, understood
from portal.imports.reading import read_workbook
from portal.imports.report import Report
from portal.imports.rows import SheetImport
from portal.ledgers.forms import recording_units
from portal.ledgers.registry import ledgers
from portal.scope import Denied, access_of

LOCK = 5_402_018  # any number; one import at a time for each unit


def check_may_import(user, unit, ledger=None) -> None:
    """Raise Denied unless the user may import at the unit, for the ledger where one is named."""
    access = access_of(user)
    access.check("records.import", unit.pk)
    permissions = {each.edit_permission for each in ([ledger] if ledger else ledgers)}
    if not any(recording_units(user, p).filter(pk=unit.pk).exists() for p in permissions):
        raise Denied(f"您不能为“{unit}”登记这类记录，未导入任何内容。")


def run(content: bytes, *, ledger, unit, by, commit: bool) -> Report:
    """Bring the rows of an xlsx file into ``unit``, acting as ``by``.

    With ``ledger`` one sheet is read, the one of its title or else the first; without it every
    sheet named like a ledger, in the order of the ledgers, so that rows may refer to rows of
    earlier sheets. A check does the same work and undoes it, so its report is exact. One error
    anywhere and nothing is stored. Runs within the caller's scope.

    Raises UnreadableWorkbook for a file that is no workbook, Denied without the permissions.
    """
    check_may_import(by, unit, ledger)
    sheets = read_workbook(content)
    report = Report()
    with transaction.atomic():
        if commit:
            _be_alone(unit)
        pairs = [(ledger, sheet_of(ledger, sheets))] if ledger else paired(sheets, ledgers, report)
        sheets = [_import_sheet(each, sheet, unit, by, report) for each, sheet in pairs]
        for imported in filter(None, sheets):
            imported.look_again()
        _settle(report)
        report.stored = commit and not report.errors
        if not report.stored:
            transaction.set_rollback(True)
    return report


def _be_alone(unit) -> None:
    """Two imports at once would each miss the rows that the other is storing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, unit.pk])
        if not cursor.fetchone()[0]:
            raise Denied(f"“{unit}”正有另一个文件在导入，请稍后再试。")


def _settle(report) -> None:
    """Whatever look_again() did not find is still a message, not a fault at the commit."""
    if report.errors:
        return
    try:
        with transaction.atomic():
            settle()
    except RuleBroken as refusal:
        report.add("整个文件", refusal.messages[0])


def _import_sheet(ledger, sheet, unit, by, report) -> SheetImport | None:
    if not access_of(by).may(ledger.edit_permission, unit.pk):
        report.add(sheet.name, f"您的角色不能登记“{ledger.title}”，请去掉这张工作表。")
        return None
    form = blank_form(ledger, by, unit)
    table = understood(ledger, sheet, import_columns(ledger, form), report)
    if table is None:
        return None
    imported = SheetImport(table, unit, by, report)
    imported.run()
    return imported
