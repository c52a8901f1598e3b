"""Which backups stay: the last of each of 14 days, 8 weeks and 12 months."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from portal.backup import media

STAMP = "%Y%m%dT%H%M%SZ"  # UTC
SUFFIX = ".backup"
BESIDE = (SUFFIX, ".sha256", ".media")
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda at: at.date()),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)


def backups(folder: Path) -> dict[datetime, Path]:
    """The backups in the folder by their moment, the newest first."""
    found = {}
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found[datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)] = path
        except ValueError:
            continue  # a name of somebody else's
    return dict(sorted(found.items(), reverse=True))


def staying(moments: Iterable[datetime]) -> set[datetime]:
    """Pure. The newest of all always stays."""
    newest_first = sorted(moments, reverse=True)
    stay = set(newest_first[:1])
    for most, span_of in KEPT:
        spans = {}
        for at in newest_first:
            spans.setdefault(span_of(at), at)
        stay.update(list(spans.values())[:most])
    return stay


def prune(folder: Path) -> list[Path]:
    """Delete the others and the photos only they had; which."""
    found = backups(folder)
    stay = staying(found)
    gone = [path for at, path in found.items() if at not in stay]
    for path in gone:
        for suffix in BESIDE:
            path.with_suffix(suffix).unlink(missing_ok=True)
    media.forget_unlisted(folder)
    return gone
