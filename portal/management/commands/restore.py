"""``restore``: one backup into a database; prints PASS and FAIL, exit code 1 at the first FAIL."""

import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.backup import Failed, package, restoring, status
from portal.backup.pruning import backups


class Command(BaseCommand):
    help = "Restores a backup and checks it against what was backed up."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="a .backup file, or their folder for the newest"
        )
        parser.add_argument("--identity", type=Path, required=True, metavar="KEY")
        parser.add_argument("--into", required=True, metavar="URL", help="as the owner role")
        parser.add_argument("--replace", action="store_true", help="rename what stands there")
        parser.add_argument("--media", type=Path, metavar="DIR", help="bring photos back there")
        parser.add_argument(
            "--drill", action="store_true", help="note the result as that of a drill"
        )

    def handle(self, **options):
        began = time.monotonic()
        try:
            path = newest(options["file"])
            lines = restoring.restore(
                path,
                package.identity_in(options["identity"]),
                restoring.Target(
                    options["into"],
                    settings.DATABASE_BACKUP_URL,
                    options["media"],
                    options["replace"],
                ),
            )
        except Failed as failed:
            if options["drill"]:
                note(False, failed.told, failed.remedy)
            self.stderr.write(str(failed))
            sys.exit(1)
        seconds = time.monotonic() - began
        for line in lines:
            self.stdout.write(str(line))
        wrong = [line for line in lines if not line.passed]
        told = f"恢复核对{'不通过' if wrong else '通过'}：{path.name}，{len(lines)} 项，{seconds:.0f} 秒。"
        if options["drill"]:
            remedy = "不要依赖这一份备份：docs/deploy/backup.md「演练不通过」。" if wrong else ""
            note(not wrong, told, remedy, file=path.name, seconds=round(seconds, 1))
        self.stdout.write(told)
        if wrong:
            sys.exit(1)


def newest(path: Path) -> Path:
    """The file itself, or the newest backup of a folder. Raises Failed."""
    if not path.is_dir():
        return path
    found = next(iter(backups(path).values()), None)
    if found is None:
        raise Failed(f"{path} 里没有备份。", "先执行 script/backup。")
    return found


def note(ok: bool, told: str, remedy: str = "", **more) -> None:
    status.write(status.DRILL, status.Outcome(ok, status.now(), told, remedy, **more))
