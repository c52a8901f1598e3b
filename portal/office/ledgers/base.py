"""What the office's ledgers have in common; ``section`` is where the menu puts them."""

from portal.ledgers import Column, Ledger, column
from portal.ledgers.columns import reader
from portal.ledgers.forms import LedgerForm
from portal.numbers import trimmed

PEOPLE = "组织与人员"
PAPERS = "制度与公文"
PLANS = "计划与创建"
DUTY = "值班与用印"
PLACES = "场所与物资"
PUBLICITY = "共建与宣传"


class OfficeLedger(Ledger):
    """Facts tagged with departments; a new one belongs to the office's own work."""

    quick = False
    form_class = LedgerForm
    preset = {"domains": ["office"]}
    filters = ("domains",)


class Spells:
    """Rows that last from ``starts_on`` to ``ends_on``: asked for as of a day, not for a period."""

    date = ""
    order = ("-starts_on", "-pk")

    def as_of(self, rows, day):
        return rows.exclude(ends_on__lt=day).filter(starts_on__lte=day)


class Lasting(Spells, OfficeLedger):
    """Facts that last."""


class PartLedger(OfficeLedger):
    """Rows of a fact: its tags are theirs."""

    preset = {}
    filters = ()


class LastingPart(Spells, PartLedger):
    """Rows of a fact that last."""


def long(model, name, width=32, **options):
    """A longer text: not sorted, and left to the record's page and the export."""
    return column(model, name, sort="", width=width, listed=False, **options)


def plain(model, name, width=14, **options):
    """A text that nobody sorts by."""
    return column(model, name, sort="", width=width, **options)


def number(model, name, width=12):
    """A number that is mostly whole, shown without nought decimals."""
    label = str(model._meta.get_field(name).verbose_name)

    def read(record):
        return trimmed(getattr(record, name))

    return Column(label, read, field=name, sort=name, width=width, numeric=True)


def tail(model):
    """The last columns of a tagged fact."""
    return column(model, "domains", sort="", width=16), unit(model)


def unit(model):
    return Column("单位", reader(model, "unit"), sort="unit__code", width=16)


def parent(model, name, label, path):
    """The fact that a row belongs to; imported, its name finds it."""
    return Column(
        label, reader(model, f"{name}.{path}"), field=name, sort=f"{name}__{path}", width=24
    )
