"""What a row changes, in the words of the ledger's columns; numbers stay masked."""

from django.core.exceptions import ObjectDoesNotExist

from portal.ledgers.columns import Column

MASKED_CHANGE = "（号码有变动）"


def state_of(record) -> dict:
    """The values of all columns but the version; the order within an array says nothing."""
    state = {f.attname: f.value_from_object(record) for f in record._meta.concrete_fields}
    del state["version"]
    return {k: sorted(v) if isinstance(v, list) else v for k, v in state.items()}


def replaced(before: dict, after: dict) -> dict:
    """The former values of the columns that differ."""
    return {name: value for name, value in before.items() if after[name] != value}


def told_columns(ledger) -> list[Column]:
    return [column for column in ledger.all_columns if column.field and column.shown]


def contents_of(ledger, record) -> list[tuple[str, str, str]]:
    """(column, "", text) for what a new record holds."""
    texts = ((column.label, _text(column, record)) for column in told_columns(ledger))
    return [(label, "", text) for label, text in texts if text]


def changes_between(ledger, was, now, fields: set[str]) -> list[tuple[str, str, str]]:
    """(column, before, after) where the two differ; ``fields`` are the model fields that do, and
    those without a column of their own are named without their values."""
    told, named = [], set()
    for column in told_columns(ledger):
        before, after = _text(column, was), _text(column, now)
        if column.field in fields:
            named.add(column.field)
            if column.masked and before == after:
                after = MASKED_CHANGE
        if before != after:
            told.append((column.label, before, after))
    for name in sorted(fields - named):
        field = now._meta.get_field(name)
        if field.editable:
            told.append((str(field.verbose_name), "", "（有变动）"))
    return told


def _text(column: Column, record) -> str:
    try:
        return column.text(record)
    except ObjectDoesNotExist:  # a new record without what the form refused
        return ""
