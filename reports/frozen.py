"""The content of an issue: text, numbers, definitions, tables and the rows counted, with its hash.

``evidence`` maps the key of each counted figure to [row id, row version] pairs; a ratio's rows are those
of its two terms, a change's those of both periods.
"""

import hashlib
import json

from portal.figures import figures
from portal.figures.engine import as_of, evidence
from portal.summaries import Telling
from reports.facts import Facts, titles_in
from reports.layout import Laid, lay_out
from reports.readings import counted_keys
from reports.tables import TableContent
from reports.tokens import parts_of
from reports.values import Value

FORMAT = 1


class Damaged(Exception):
    """Stored content or file no longer gives the hash that was kept with it."""


def canonical(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def freeze(title, sections, facts: Facts, keys, *, unit_name, date, moment) -> dict:
    """``sections`` are (key, heading, stored text) as edited; ``keys`` name the figures told.

    Headings are kept without their numbers. Only texts, whole numbers and lists, which come out of
    the database as they went in.
    """
    values = facts.values
    return {
        "format": FORMAT,
        "title": title,
        "unit": {"id": facts.telling.unit.pk, "name": unit_name},
        "units": sorted(facts.telling.units),
        "kind": facts.outline.kind,
        "period": {"key": facts.period.key, "label": facts.period.label},
        "counted_to": as_of(facts.period, date).isoformat(),
        "as_of": moment.isoformat(timespec="seconds"),
        "date": date.isoformat(),
        "sections": [
            {"key": key, "heading": heading, "text": text}
            for key, heading, text in sections
            if text.strip()
        ],
        "figures": [values[key].as_json() for key in keys],
        "tables": [table.as_json() for table in facts.tables.values() if table is not None],
        "evidence": {key: rows_behind(key, facts.telling) for key in counted_keys(keys)},
    }


def rows_behind(key: str, telling: Telling) -> dict:
    """{"model": label, "rows": [[id, version], …]} by id; version 0 where a model has none."""
    code, period = parts_of(key)
    telling = telling.earlier if period else telling
    rows = evidence(code, telling.units, telling.period).order_by("pk")
    model = figures[code].model
    if any(field.name == "version" for field in model._meta.concrete_fields):
        pairs = [list(pair) for pair in rows.values_list("pk", "version")]
    else:
        pairs = [[pk, 0] for pk in rows.values_list("pk", flat=True)]
    return {"model": model._meta.label_lower, "rows": pairs}


def values_of(content: dict) -> dict[str, Value]:
    """By key, as tokens name them."""
    return {value.key: value for value in (Value(**data) for data in content["figures"])}


def laid_out(content: dict) -> Laid:
    """The frozen text with its frozen numbers; the records are not read."""
    sections = [(data["key"], data["heading"], data["text"]) for data in content["sections"]]
    tables = dict.fromkeys(titles_in(text for _, _, text in sections))
    tables |= {data["title"]: TableContent.from_json(data) for data in content["tables"]}
    return lay_out(content["title"], sections, values_of(content), tables)
