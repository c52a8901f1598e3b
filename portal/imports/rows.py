"""The rows of one sheet, each matched to its record and put through the ledger's form."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from portal.errors import OutOfScope, ReferenceOutOfScope, StaleRecord
from portal.imports.cells import CellReader, is_masked, text_of
from portal.imports.matching import Table
from portal.imports.reading import Value, is_blank
from portal.imports.report import WARNING, Report, SheetReport
from portal.imports.resolving import Resolver
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for
from portal.scope import Denied


@dataclass
class Row:
    """What the cells of one row say: form data by field, and what could not be read, by column."""

    number: int
    data: dict[str, object] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)  # column, field, message
    masked: list[tuple[int, str]] = field(default_factory=list)  # column, field
    first: int = 0  # the first filled column


class SheetImport:
    """Runs one table. Equal rows are matched to equal records in order of appearance, so a file
    brought in twice changes nothing, even where two visits of one day are alike."""

    def __init__(self, table: Table, unit, by, report: Report):
        self.table, self.ledger, self.unit, self.by = table, table.ledger, unit, by
        self.report = report
        self.counts = SheetReport(table.sheet.name, self.ledger.slug, self.ledger.title)
        self.form_class = form_class_for(self.ledger)
        self.readers = {n: CellReader(column) for n, column in table.columns.items()}
        self.columns_of: dict[str, list[int]] = defaultdict(list)
        for number, column in table.columns.items():
            self.columns_of[column.field].append(number)
        self.resolvers = {name: self._resolver(name) for name in self.columns_of}
        self.resolved: dict[tuple, object] = {}
        self.seen: dict[tuple, int] = defaultdict(int)
        self.brought: dict[tuple, tuple[int, int]] = {}  # identity: (row, key of its record)

    def run(self) -> None:
        self.report.sheets.append(self.counts)
        self.known = self._known_records()
        sheet = self.table.sheet
        for number in range(self.table.header + 1, len(sheet.rows) + 1):
            cells = sheet.cells(number)
            if not all(is_blank(cells[n - 1]) for n in self.readers):
                self._bring_in(self._read(number, cells))

    def _known_records(self) -> dict[tuple, list[int]]:
        """Keys of the unit's records by what recognises them, the oldest first."""
        known = defaultdict(list)
        kept = self._rows().filter(unit=self.unit, deleted_at__isnull=True)
        for record in kept.order_by("pk").iterator(chunk_size=2000):
            if identity := self.ledger.identity_of(record):
                known[identity].append(record.pk)
        return known

    def _rows(self):
        return self.ledger.model._default_manager.filter(self.ledger.where)

    # --- reading --------------------------------------------------------------------------------

    def _resolver(self, name: str) -> Resolver | None:
        columns = [self.table.columns[number] for number in self.columns_of[name]]
        if columns[0].resolver or not isinstance(columns[0].form_field, RecordField):
            return columns[0].resolver
        return by_text(columns[0].label, columns[0].form_field.ledger)

    def _read(self, number: int, cells: list[Value]) -> Row:
        row = Row(number)
        row.first = next(n for n in self.readers if not is_blank(cells[n - 1]))
        for name, numbers in self.columns_of.items():
            filled = [n for n in numbers if not is_blank(cells[n - 1])]
            for n in list(filled):
                if self.table.columns[n].is_number and is_masked(text_of(cells[n - 1])):
                    row.masked.append((n, name))
                    filled.remove(n)
            if not filled:
                continue
            try:
                if self.resolvers[name]:
                    self._resolve(row, name, filled, cells)
                else:
                    row.data[name] = self.readers[filled[0]].data(cells[filled[0] - 1])
            except ValidationError as error:
                row.faults.append((filled[0], name, message_of(error)))
        self._check_unit(row, cells)
        return row

    def _resolve(self, row, name, filled, cells):
        resolver = self.resolvers[name]
        texts = dict.fromkeys(resolver.labels, "")
        for n in filled:
            try:
                texts[self.table.columns[n].label] = self.readers[n].text(cells[n - 1])
            except ValidationError as error:
                row.faults.append((n, name, message_of(error)))
                return
        key = (name, *texts.values())
        if key not in self.resolved:
            self.resolved[key] = resolver.resolve(texts, self.by, self.unit)
        if self.resolved[key] is not None:
            row.data[name] = self.resolved[key].pk

    def _check_unit(self, row, cells):
        """A sheet of several units must not end up as records of one."""
        number = self.table.unit_column
        if number and text_of(cells[number - 1]) not in {"", self.unit.name}:
            row.faults.append((number, "unit", f"这一行写的不是“{self.unit.name}”的记录。"))

    # --- storing --------------------------------------------------------------------------------

    def _bring_in(self, row: Row) -> None:
        form = self._form(row)
        form.full_clean()
        identity = self._identity(form.instance)
        record = self._match(identity)
        if record is not None:
            before = state_of(record)
            form = self._form(row, record)
            form.full_clean()
        refusals = self._refusals(row, form, is_new=record is None)
        if refusals and record is None and not row.faults and self._repeats(row, identity):
            earlier = self.brought[identity][0]
            refusals = [(refusals[0][0], f"与本表第 {earlier} 行重复，请只留一行。")]
        if refusals:
            self._refuse(row, refusals)
        elif record is not None and not self._differs(form, record, before):
            self.counts.unchanged += 1
            self.brought.setdefault(identity, (row.number, record.pk))
        else:
            self._store(row, form, identity, is_new=record is None)

    def _form(self, row: Row, record=None):
        """A form on the record as it is, or on the preset values, with the filled cells on top."""
        data = {}
        form = self.form_class(
            data, instance=record, ledger=self.ledger, user=self.by, unit=self.unit
        )
        for name, form_field in form.fields.items():
            data[name] = row.data.get(name, form.get_initial_for_field(form_field, name))
        return form

    def _identity(self, instance) -> tuple:
        if hasattr(instance, "derive"):
            instance.derive()  # keyed hashes follow from what the form has just set
        return self.ledger.identity_of(instance)

    def _match(self, identity: tuple):
        """The record that the row stands for: the n-th equal row is the n-th equal record."""
        if not identity:
            return None
        same = self.known.get(identity, [])
        nth = self.seen[identity]
        self.seen[identity] += 1
        return self._rows().select_related("unit").get(pk=same[nth]) if nth < len(same) else None

    def _repeats(self, row: Row, identity: tuple) -> bool:
        """Nothing is wrong with the row but that an earlier one brought the same record."""
        if identity not in self.brought:
            return False
        return self._form(row, self._rows().get(pk=self.brought[identity][1])).is_valid()

    def _refusals(self, row: Row, form, *, is_new: bool) -> list[tuple[int, str]]:
        """(column, message) for all that is wrong; nothing said twice of one field."""
        refusals = [(number, message) for number, _, message in row.faults]
        silent = {name for _, name, _ in row.faults}
        if is_new:
            for number, name in row.masked:
                if name not in row.data and name not in silent:
                    refusals.append((number, "号码已遮盖，不能用来登记新记录，请填写完整号码。"))
                    silent.add(name)
        for name, errors in form.errors.as_data().items():
            if name in silent or (name == NON_FIELD_ERRORS and row.faults):
                continue
            number = self._column_of(name, row)
            for error in errors:
                message = message_of(error)
                if number == 0 and name in form.fields:
                    message = f"{form.fields[name].label}：{message}"
                refusals.append((number or row.first, message))
        return refusals

    def _column_of(self, name: str, row: Row) -> int:
        return next(iter(self.columns_of.get(name, ())), 0)

    def _refuse(self, row: Row, refusals) -> None:
        self.counts.refused += 1
        for number, message in refusals:
            self.report.add(self.table.sheet.name, message, **self.table.place(row.number, number))

    def _differs(self, form, record, before: dict) -> bool:
        if state_of(record) != before:
            return True
        stored = {f.name for f in record._meta.concrete_fields} | {"version"}
        extras = form.fields.keys() - stored
        return any(form.cleaned_data.get(n) != form.initial.get(n) for n in extras)

    def _store(self, row: Row, form, identity, *, is_new: bool) -> None:
        try:
            with transaction.atomic():
                saved = self.ledger.save(form, by=self.by)
                self._check_belongs(saved)
        except ValidationError as error:
            self._refuse(row, [(row.first, message_of(error))])
        except Denied as denial:
            self._refuse(row, [(row.first, str(denial))])
        except (IntegrityError, StaleRecord, OutOfScope, ReferenceOutOfScope):
            self._refuse(row, [(row.first, "与已有的记录冲突，不能保存，请核对这一行。")])
        else:
            self.counts.new += is_new
            self.counts.changed += not is_new
            self.brought.setdefault(identity, (row.number, saved.pk))
            for warning in getattr(form, "warnings", ()):
                place = self.table.place(row.number, row.first) | {"label": ""}
                self.report.add(self.table.sheet.name, warning, severity=WARNING, **place)

    def _check_belongs(self, saved) -> None:
        if self.ledger.where and not self._rows().filter(pk=saved.pk).exists():
            raise ValidationError(
                f"这一行不属于“{self.ledger.title}”，请核对类别、“计入工作”等栏，或改用相应的台账。"
            )


def by_text(label: str, ledger) -> Resolver:
    """Finds the one record of another ledger whose name or searched words the cell holds."""

    def resolve(cells, user, unit):
        text = cells[label]
        found = list(ledger.found(ledger.queryset(user).filter(unit=unit), text)[:20])
        exact = [r for r in found if text in {ledger.label_of(r), str(r)}] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise ValidationError(f"对应不止一条“{ledger.title}”记录，请写得更具体。")
        raise ValidationError(f"没有找到对应的“{ledger.title}”记录，请先登记。")

    return Resolver((label,), resolve)


def message_of(error: ValidationError) -> str:
    """The message without the rejected value, which is personal data more often than not."""
    if hasattr(error, "error_dict"):
        error = ValidationError([e for errors in error.error_dict.values() for e in errors])
    return "".join(_one_message(each) for each in error.error_list)


def _one_message(error: ValidationError) -> str:
    if error.code == "required":
        return "没有填写。"
    params = dict(error.params or {})
    if "value" in params:
        params["value"] = "该值"
    return str(error.message % params if params else error.message)


def state_of(record) -> dict:
    """The values of all columns but the version; the order within an array says nothing."""
    state = {f.attname: f.value_from_object(record) for f in record._meta.concrete_fields}
    del state["version"]
    return {k: sorted(v) if isinstance(v, list) else v for k, v in state.items()}
