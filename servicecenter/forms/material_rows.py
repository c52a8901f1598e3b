"""The materials of a version in its own form: a compact table, a line for each material."""

from django import forms
from django.core.exceptions import ValidationError

from portal.ledgers.fields import sent_id
from portal.text import clean_text
from servicecenter.models import ItemMaterial
from servicecenter.services.catalogue import MaterialRow

SPARE, FEWEST, MOST = 4, 6, 40
TEXTS = ("name", "source", "sample", "basis")
COUNTS = {"originals": 1, "copies": 0}  # what an empty cell means
LARGEST = 99


class MaterialRowsWidget(forms.Widget):
    """Lines of inputs named ``<name>-<n>-<column>``; without any such line nothing is meant."""

    template_name = "widgets/material_rows.html"
    use_fieldset = True

    class Media:
        css = {"all": ["css/material-rows.css"]}

    def value_from_datadict(self, data, files, name):
        rows = data.get(name, "")
        if not isinstance(rows, str):  # an import sends the stored rows themselves
            return rows
        count = min(sent_id(data.get(f"{name}-count", "")), MOST)
        return [self._line(data, f"{name}-{n}-") for n in range(count)] if count else None

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-count" not in data

    def _line(self, data, prefix) -> dict:
        cells = {column: data.get(prefix + column, "") for column in ("pk", *TEXTS, *COUNTS)}
        return cells | {"may_follow": bool(data.get(prefix + "may_follow"))}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        lines = [vars(row) if isinstance(row, MaterialRow) else row for row in value or []]
        filled = sum(1 for line in lines if line["pk"] or line["name"])
        shown = max(FEWEST, min(filled + SPARE, MOST), len(lines))
        blank = {"originals": "", "copies": ""}
        context["widget"]["lines"] = lines + [blank] * (shown - len(lines))
        return context


class MaterialRowsField(forms.Field):
    """A list of MaterialRow; None where the form said nothing of materials."""

    widget = MaterialRowsWidget

    def to_python(self, value):
        if value is None:
            return None
        if all(isinstance(row, MaterialRow) for row in value):
            return list(value)
        problems, rows = [], []
        for number, line in enumerate(value, start=1):
            try:
                if row := _row_of(line):
                    rows.append(row)
            except ValidationError as error:
                problems += [f"第 {number} 行：{message}" for message in error.messages]
        if problems:
            raise ValidationError(problems)
        return rows


def _row_of(line: dict) -> MaterialRow | None:
    """The line as a material; None for a blank one, and for a stored one whose name was emptied."""
    texts = {name: clean_text(line[name]) for name in TEXTS}
    pk = sent_id(line["pk"])
    if not texts["name"]:
        if not pk and any((*texts.values(), *(line[name].strip() for name in COUNTS))):
            raise ValidationError("请填写材料名称。")
        return None
    problems = []
    for name, text in texts.items():
        column = ItemMaterial._meta.get_field(name)
        if len(text) > column.max_length:
            problems.append(f"{column.verbose_name}最多 {column.max_length} 个字。")
    counts = {}
    for name, unsaid in COUNTS.items():
        text = line[name].strip()
        counts[name] = sent_id(text) if text else unsaid
        if text and (not text.isascii() or not text.isdigit() or counts[name] > LARGEST):
            label = ItemMaterial._meta.get_field(name).verbose_name
            problems.append(f"{label}请填 0 至 {LARGEST} 的整数。")
    if not problems and not any(counts.values()):
        problems.append("原件和复印件至少填一份。")
    if problems:
        raise ValidationError(problems)
    return MaterialRow(**texts, **counts, may_follow=line["may_follow"], pk=pk)
