"""A bundle without the persons in it: what is left when the records are disposed of by law.

Numbers, days, choices, versions and what each row added stay, so that the figures still add up. Names and
places become pseudonyms, the same for the same text; free words, numbers of persons and their days of
birth go.
"""

from reports.evidence.columns import NAME, NUMBER, PERSON, WORDS

DISPOSED = "（已依法处置）"
STEMS = "甲乙丙丁戊己庚辛壬癸"
EACH = 999


class Pseudonyms(dict):
    """甲001, 甲002 … by text, in the order in which they are first asked for; of names joined by 、 each
    has its own."""

    def __missing__(self, text: str) -> str:
        self[text] = told = _nth(len(self))
        return told

    def of(self, text: str) -> str:
        return "、".join(self[part] for part in text.split("、")) if text else ""


def pseudonymised(bundle: dict) -> dict:
    """A new bundle; the argument is not changed. The words of the document stand in the issue itself."""
    names = Pseudonyms()
    ledgers = {
        slug: ledger | {"records": _records(ledger, names)}
        for slug, ledger in sorted(bundle["ledgers"].items())
    }
    rows = {
        key: told | {"rows": [_row(row, names) for row in told["rows"]]}
        for key, told in sorted(bundle["rows"].items())
    }
    document = {k: v for k, v in bundle["document"].items() if k not in {"sections", "tables"}}
    return bundle | {
        "document": document,
        "ledgers": ledgers,
        "rows": rows,
        "pseudonymised": True,
    }


def _records(ledger: dict, names: Pseudonyms) -> dict:
    kinds = [kind for _, kind in ledger["columns"]]
    return {
        pk: [_text(kind, text, names) for kind, text in zip(kinds, texts, strict=True)]
        for pk, texts in sorted(ledger["records"].items(), key=lambda item: int(item[0]))
    }


def _text(kind: str, text: str, names: Pseudonyms) -> str:
    if kind in {PERSON, NAME}:
        return names.of(text)
    return DISPOSED if text and kind in {WORDS, NUMBER} else text


def _row(row: list, names: Pseudonyms) -> list:
    """Keys that are the numbers of other rows say nobody's name."""
    *about, keys, day, until = row
    return [*about, [key if key.isdigit() else names.of(key) for key in keys], day, until]


def _nth(index: int) -> str:
    block, number = divmod(index, EACH)
    stem = ""
    block += 1
    while block:
        block, rest = divmod(block - 1, len(STEMS))
        stem = STEMS[rest] + stem
    return f"{stem}{number + 1:03d}"
