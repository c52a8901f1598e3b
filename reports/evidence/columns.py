"""What a ledger shows of a record, as texts, and how much each column says of a person."""

import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from portal.fields import EncryptedTextField
from portal.figures import figures
from portal.ledgers.columns import has_choices
from portal.ledgers.declare import Ledger
from portal.ledgers.presenting import masked
from portal.ledgers.registry import ledger_of
from portal.models import Unit
from portal.wall.classes import Person

# Kinds of a column, by what is left of it in a pseudonymised bundle.
PLAIN, PERSON, NAME, NUMBER, WORDS = "plain", "person", "name", "number", "words"
NAMES_A_PERSON = re.compile(r"姓名|人$|家属|亲属|监护|志愿者|居民|邻居|配偶|子女|户主")
DAY_OF_BIRTH = re.compile(r"出生|生日")
BATCH = 1000


class Shown:
    """The columns of the ledger that shows a figure's rows; of a model without one the record itself."""

    def __init__(self, key: str, model: type[models.Model], ledger: Ledger | None):
        self.key, self.model, self.ledger = key, model, ledger

    @classmethod
    def of(cls, rows: models.QuerySet, domain: str) -> "Shown":
        label = rows.model._meta.label_lower
        ledger = ledger_of(rows, domain)
        return cls(ledger.slug if ledger else label, rows.model, ledger)

    @property
    def title(self) -> str:
        return self.ledger.title if self.ledger else str(self.model._meta.verbose_name)

    @property
    def columns(self) -> list[list[str]]:
        """[label, kind] of each."""
        if self.ledger is None:
            return [["记录", WORDS]]
        return [[each.label, _kind(self.model, each)] for each in self.ledger.shown_columns]

    def texts(self, record) -> list[str]:
        if self.ledger is None:
            return [str(record)]
        return [_text(self.model, column, record) for column in self.ledger.shown_columns]

    def read(self, keys: Iterable[int]) -> Iterator[models.Model]:
        """The records with these keys that the present scope sees, deleted ones among them."""
        keys = sorted(keys)
        for start in range(0, len(keys), BATCH):
            rows = self.model._default_manager.filter(pk__in=keys[start : start + BATCH])
            yield from (self.ledger.readable(rows) if self.ledger else rows).order_by("pk")

    def page_of(self, record) -> str:
        """The page of a record that is not in the bin; "" where there is none."""
        if self.ledger is None or getattr(record, "deleted_at", None):
            return ""
        return self.ledger.url("detail", record)


def shown_for(code: str, rows: models.QuerySet) -> Shown:
    return Shown.of(rows, figures[code].domain)


def _text(model, column, record) -> str:
    """As lists show it; what is sealed at rest is masked here too where a list tells it in clear."""
    text = column.text(record)
    field = _field(model, column)
    if text and isinstance(field, EncryptedTextField) and not column.masked:
        return masked(field, text)
    return text


def _kind(model, column) -> str:
    """PLAIN says nothing of who it is; PERSON names somebody, NAME may, a NUMBER is somebody's, masked or a
    day of birth; WORDS are free."""
    field = _field(model, column)
    if column.masked or isinstance(field, EncryptedTextField) or DAY_OF_BIRTH.search(column.label):
        return NUMBER
    if column.numeric:
        return PLAIN
    if field is None:
        return PERSON if NAMES_A_PERSON.search(column.label) else WORDS
    if field.is_relation:
        return _kind_of_relation(field.related_model, column.label)
    if has_choices(field) or not isinstance(field, models.CharField | models.TextField):
        return PLAIN
    if NAMES_A_PERSON.search(column.label):
        return PERSON
    return WORDS if isinstance(field, models.TextField) else NAME


def _kind_of_relation(model, label: str) -> str:
    if model is Unit:
        return PLAIN
    named = isinstance(getattr(model, "wall", None), Person) or NAMES_A_PERSON.search(label)
    return PERSON if named else NAME


def _field(model, column):
    name = column.field.partition(".")[0]
    try:
        return model._meta.get_field(name) if name else None
    except FieldDoesNotExist:
        return None
