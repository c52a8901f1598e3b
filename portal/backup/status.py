"""How the last backup and the last drill ended: a small file that page, ``doctor`` and monitoring read."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

BACKUP, DRILL = "backup", "drill"


@dataclass(frozen=True)
class Outcome:
    """``told`` is a sentence for the administrator; ``at`` is when it ended, in UTC."""

    ok: bool
    at: str
    told: str
    remedy: str = ""
    file: str = ""
    bytes: int = 0
    rows: int = 0
    media: int = 0
    seconds: float = 0.0
    disk_used: float = 0.0  # share of the disk that holds the backups

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def age_hours(self) -> float:
        return (timezone.now() - self.moment).total_seconds() / 3600


def now() -> str:
    return timezone.now().isoformat(timespec="seconds")


def last_backup() -> Outcome | None:
    return _read().get(BACKUP)


def last_drill() -> Outcome | None:
    return _read().get(DRILL)


def _path() -> Path:
    return Path(settings.BACKUP_STATUS)


def _read() -> dict[str, Outcome]:
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
        return {kind: Outcome(**each) for kind, each in kept.items()}
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def write(kind: str, outcome: Outcome) -> None:
    """Whole or not at all; the web process may read it, it tells nothing about persons."""
    path = _path()
    kept = {name: asdict(each) for name, each in _read().items()} | {kind: asdict(outcome)}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    part.chmod(0o644)
    part.replace(path)
