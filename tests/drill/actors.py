"""Processes that are killed in the middle: an import, an issue. Each says what was acknowledged, in a file.

python -m tests.drill.actors import NUMBER ROWS FILE
python -m tests.drill.actors issue NUMBER FILE
python -m tests.drill.actors photos NUMBER FILE      so many, through the vault; killed by nobody
"""

import os
import sys
from pathlib import Path

import django

PHOTO = 600_000  # bytes, as of a photo that was drawn anew
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def name_of(number: int) -> str:
    """Of everybody in this import; a name takes no digits."""
    return f"演练{number:03d}".translate(DIGITS)


def acknowledge(file: str, text: str) -> None:
    """One line, on disk before anybody acts on it."""
    with open(file, "a", encoding="utf-8") as acked:
        acked.write(f"{text}\n")
        acked.flush()
        os.fsync(acked.fileno())


def run_import(number: int, rows: int, file: str) -> None:
    """A workbook of invented newcomers, all of one batch; their names tell the batch."""
    from portal.imports.running import run
    from portal.ledgers import ledgers
    from portal.models import Unit, User
    from portal.scope import access_of, scope
    from tests.imports.conftest import PEOPLE, citizen, xlsx

    birth = f"19{50 + number % 49:02d}0{1 + number % 9}1{number % 9}"
    content = xlsx(
        居民=[
            PEOPLE,
            *([name_of(number), citizen(n, birth), "", ""] for n in range(1, rows + 1)),
        ]
    )
    user = User.objects.get(username="demo-worker")
    with scope(access_of(user).scope()):
        unit = Unit.objects.get(code="449901001001")
        report = run(content, ledger=ledgers["residents"], unit=unit, by=user, commit=True)
    if report.errors:
        raise SystemExit("\n".join(report.lines()))
    acknowledge(file, f"import {number} {rows}")


def run_issue(number: int, file: str) -> None:
    """A summary written, checked, reviewed and signed."""
    from portal.isolation import one_moment
    from portal.models import Unit, User
    from portal.periods import Period
    from portal.scope import access_of, scope
    from portal.summaries import outlines
    from reports import services
    from reports.demo import signed, submitted

    section, street = (User.objects.get(username=name) for name in ("demo-section", "demo-street"))
    with one_moment(), scope(access_of(street).scope()):
        communities = list(
            Unit.objects.filter(code__startswith="449901001").exclude(code="449901001000")
        )
        unit = sorted(communities, key=lambda each: each.code)[number % len(communities)]
        draft = services.draft(
            outline=outlines["A"],
            unit=unit,
            period=Period.parse(str(2015 + number // len(communities))),
            by=section,
        )
        issue = signed(submitted(draft, section), street)
    acknowledge(file, f"issue {issue.pk} {issue.pdf_sha256}")


def keep_photos(number: int, file: str) -> None:
    """Sealed as uploads are; content that no compression shortens, like that of real ones."""
    from portal.attachments import vault

    for _ in range(number):
        vault.put(vault.new_name(), os.urandom(PHOTO))
    acknowledge(file, f"photos {number} {PHOTO}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    django.setup()
    does, number, *rest = sys.argv[1:]
    acknowledge(rest[-1], f"begun-{does} {number} 0")
    if does == "import":
        run_import(int(number), int(rest[0]), rest[1])
    elif does == "photos":
        keep_photos(int(number), rest[0])
    else:
        run_issue(int(number), rest[0])
