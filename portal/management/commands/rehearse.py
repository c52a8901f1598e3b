"""``rehearse``: restore the backup of the former release, migrate it with this code, compare, and time it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.backup import Failed, package, rehearsing, restoring
from portal.backup.comparing import Line, same
from portal.backup.facts import schema_of, snapshot
from portal.management.commands.restore import newest

MOST_SECONDS = 300


def require_success(code: int) -> None:
    """An upgrade that did nothing changes nothing, and must not pass for one that kept everything."""
    if code:
        raise Failed(
            f"升级没有完成：migrate 以 {code} 退出，原因见上面的输出。",
            "先在这份备份的副本上排除它，再升级正在使用的系统。",
        )


class Command(BaseCommand):
    help = "Rehearses the upgrade on a copy: rows and untouched columns must be the same; kill -9 leaves old or new."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="a .backup file of the former release, or its folder"
        )
        parser.add_argument("--identity", type=Path, required=True, metavar="KEY")
        parser.add_argument(
            "--into", required=True, metavar="URL", help="as the owner role; replaced"
        )
        parser.add_argument("--kills", type=int, default=3, help="of a second run, in its middle")
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="TABLE[.COLUMN]",
            help="the release changes it",
        )

    def handle(self, **options):
        try:
            lines = self.rehearse(options)
        except Failed as failed:
            self.stderr.write(str(failed))
            sys.exit(1)
        for line in lines:
            self.stdout.write(str(line))
        if not all(line.passed for line in lines):
            sys.exit(1)

    def rehearse(self, options) -> list[Line]:
        self.into = options["into"]
        self.path, self.identity = newest(options["file"]), package.identity_in(options["identity"])
        self.restore()
        before, _ = self.look()
        began = time.monotonic()
        require_success(self.migrate().wait())
        seconds = time.monotonic() - began
        after, schema = self.look(before)
        lines = [
            Line(
                "升级用时 seconds", f"≤ {MOST_SECONDS}", f"{seconds:.0f}", seconds <= MOST_SECONDS
            ),
            *rehearsing.differences(before, after, frozenset(options["expect"])),
        ]
        self.stdout.write(f"升级用时 {seconds:.1f} 秒。")
        if options["kills"]:
            lines += self.killed(
                options["kills"], seconds, schema, before, frozenset(options["expect"])
            )
        return lines

    def restore(self) -> None:
        lines = restoring.restore(
            self.path,
            self.identity,
            restoring.Target(self.into, settings.DATABASE_BACKUP_URL, replace=True),
        )
        wrong = [str(line) for line in lines if not line.passed]
        if wrong:
            raise Failed(
                f"备份恢复核对不通过：{wrong[0]}", "先查明这份备份：script/restore --scratch。"
            )

    def look(self, before=None):
        target = restoring.Target(self.into, settings.DATABASE_BACKUP_URL)
        with snapshot(target.reading(target.name)) as (connection, _):
            return rehearsing.contents(connection, before), schema_of(connection)

    def migrate(self) -> subprocess.Popen:
        return subprocess.Popen(
            [
                sys.executable,
                "manage.py",
                "migrate",
                "--database",
                "owner",
                "--no-input",
                "--verbosity=0",
            ],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_OWNER_URL": self.into},
            start_new_session=True,
        )

    def killed(self, kills: int, seconds: float, schema, before, expected) -> list[Line]:
        """Once more, killed in its middle again and again, then left to its end: the same as undisturbed."""
        self.restore()
        for _ in range(kills):
            migration = self.migrate()
            time.sleep(random.uniform(seconds / 5, seconds))  # noqa: S311  a moment, not a secret
            if migration.poll() is None:
                os.killpg(migration.pid, signal.SIGKILL)
            migration.wait()
        code = self.migrate().wait()
        after, found = self.look(before)
        return [
            same("kill -9 之后再升级 exit code", 0, code),
            same(f"{kills} 次 kill -9 后的结构与未打断时相同", schema, found)
            if schema != found
            else Line(f"{kills} 次 kill -9 后的结构与未打断时相同", "相同", "", passed=True),
            *rehearsing.differences(before, after, expected),
        ]
