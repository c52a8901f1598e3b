"""What can be put into a draft: figures with their forms, tables, standing phrases (the figure panel)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode

from portal.figures import figures
from portal.pinyin import name_keys
from portal.roles import DOMAINS
from portal.scope import access_of
from portal.summaries import outlines
from reports.facts import Facts
from reports.layout import Chip
from reports.models import Summary
from reports.readings import Readings, codes_of
from reports.tables import tables_of
from reports.tokens import CHANGE, PREVIOUS, key_of, shown, table_token, token
from reports.values import Value, value_at

FORMS = (  # period, whether bare, what it is for
    ("", False, "带计量单位"),
    ("", True, "只要数字"),
    (PREVIOUS, False, "上期的数"),
    (CHANGE, False, "比上期增减"),
)


@dataclass(frozen=True)
class Form:
    """One way to tell a figure: what stands in the text, and what it says; "" while not counted."""

    token: str
    told: str
    says: str


@dataclass(frozen=True)
class Offer:
    """``kind`` is figure, table or phrase; ``domain`` is the title of the department."""

    kind: str
    name: str
    forms: tuple[Form, ...]
    code: str = ""
    domain: str = ""
    measure: str = ""
    definition: str = ""
    basis: str = ""
    url: str = ""
    is_whole: bool = True

    @property
    def pinyin(self) -> str:
        return name_keys(self.name).pinyin

    @property
    def initials(self) -> str:
        return name_keys(self.name).initials


def figure_url(code: str, unit_id: int, period_key: str, group_id: int | None = None) -> str:
    """The figure's page with exactly the rows that the summary counted, of the unit or of a group."""
    whose = {"group": group_id} if group_id else {"unit": unit_id}
    query = urlencode({**whose, "period": period_key})
    return f"{reverse('figure-detail', args=[code])}?{query}"


def offers(summary: Summary, facts: Facts) -> list[Offer]:
    """The outline's own figures with their values, its tables and phrases."""
    found = [_offer(summary, code, facts.values) for code in codes_of(facts.outline)]
    found += [
        Offer("table", title, (Form(shown(table_token(title)), "", "单独占一行"),))
        for title in tables_of(facts.outline)
    ]
    phrases = outlines.phrases_of(facts.outline.kind)
    return found + [Offer("phrase", words, (Form(words, "", "常用语"),)) for words in phrases]


def others(summary: Summary, user) -> list[Offer]:
    """The figures of other departments that ``user`` sees at the unit, not counted yet."""
    own = set(codes_of(summary.outline))
    access = access_of(user)
    return [
        _offer(summary, figure.code, {})
        for figure in figures
        if figure.code not in own and access.may(f"{figure.domain}.view", summary.unit_id)
    ]


def whole_offer(summary: Summary, code: str) -> Offer:
    """One figure with all its forms counted. Raises OutOfScope."""
    keys = [key_of(code, period) for period, bare, _ in FORMS if not bare]
    readings = Readings(summary.telling, keys)
    offer = _offer(summary, code, {key: value_at(key, readings) for key in keys})
    return replace(offer, is_whole=True)


def _offer(summary: Summary, code: str, values: dict[str, Value]) -> Offer:
    figure = figures[code]
    return Offer(
        "figure",
        figure.label,
        tuple(_forms(code, values)),
        code=code,
        domain=DOMAINS[figure.domain],
        measure=figure.measure,
        definition=figure.definition,
        basis=figure.date_basis,
        url=figure_url(code, summary.unit_id, summary.period_key, summary.group_id),
        is_whole=False,
    )


def _forms(code: str, values: dict[str, Value]) -> Iterable[Form]:
    for period, bare, says in FORMS:
        value = values.get(key_of(code, period))
        told = str(Chip(value, bare)) if value else ""
        yield Form(shown(token(code, period=period, bare=bare)), told, says)
