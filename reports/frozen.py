"""The content of an issue: text, numbers, definitions and tables, with its hash.

``bundle`` names the evidence by its hash, so that the hash of the content proves the rows too (ADR 33);
``evidence`` says how many rows stand behind each counted figure.
"""

import hashlib
import json
from collections.abc import Mapping

from portal.figures.engine import as_of
from reports.facts import Facts, titles_in
from reports.layout import Laid, lay_out
from reports.tables import TableContent
from reports.values import Value

FORMAT = 2


class Damaged(Exception):
    """Stored content or file no longer gives the hash that was kept with it."""


def canonical(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def document_of(title, sections, facts: Facts) -> dict:
    """What is told, whenever it is: ``sections`` are (key, heading, stored text) as edited.

    Headings are kept without their numbers. Only texts, whole numbers and lists, which come out of
    the database as they went in.
    """
    return {
        "title": title,
        "unit": _told_for(facts),
        "units": sorted(facts.telling.units),
        "kind": facts.outline.kind,
        "period": {"key": facts.period.key, "label": facts.period.label},
        "sections": [
            {"key": key, "heading": heading, "text": text}
            for key, heading, text in sections
            if text.strip()
        ],
        "tables": [table.as_json() for table in facts.tables.values() if table is not None],
    }


def _told_for(facts: Facts) -> dict:
    """The unit, or a group of its communities: that has a name which somebody thought of."""
    group = {"group": facts.telling.group.pk} if facts.telling.group else {}
    return {"id": facts.telling.unit.pk, "name": facts.telling.name} | group


def freeze(document: dict, facts: Facts, keys, *, bundle: str, rows: Mapping, date, moment) -> dict:
    """The content of an issue. ``keys`` name the figures told, ``bundle`` is the hash of the evidence and
    ``rows`` the number of rows by counted figure."""
    values = facts.values
    return document | {
        "format": FORMAT,
        "counted_to": as_of(facts.period, date).isoformat(),
        "as_of": moment.isoformat(timespec="seconds"),
        "date": date.isoformat(),
        "figures": [values[key].as_json() for key in keys],
        "bundle": bundle,
        "evidence": dict(rows),
    }


def values_of(content: dict) -> dict[str, Value]:
    """By key, as tokens name them."""
    return {value.key: value for value in (Value(**data) for data in content["figures"])}


def laid_out(content: dict) -> Laid:
    """The frozen text with its frozen numbers; the records are not read."""
    sections = [(data["key"], data["heading"], data["text"]) for data in content["sections"]]
    tables = dict.fromkeys(titles_in(text for _, _, text in sections))
    tables |= {data["title"]: TableContent.from_json(data) for data in content["tables"]}
    return lay_out(content["title"], sections, values_of(content), tables)
