"""``backup``: one sealed file of the database, the photos by content, both of one moment."""

import getpass
import shutil
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.backup import Failed, keys, making, package, status, verifying


class Command(BaseCommand):
    help = "Makes a backup (BACKUP_DIR), or with an option verifies one, makes a key pair, or copies the keys."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="DIR", help="instead of BACKUP_DIR")
        does = parser.add_mutually_exclusive_group()
        does.add_argument("--verify", type=Path, metavar="FILE", help="is it what was written?")
        does.add_argument(
            "--new-identity", type=Path, metavar="FILE", help="make a key pair for backups"
        )
        does.add_argument(
            "--keys-to", type=Path, metavar="DIR", help="a copy of the keys, elsewhere"
        )
        parser.add_argument(
            "--identity", type=Path, metavar="KEY", help="with --verify: open it too"
        )
        parser.add_argument(
            "--passphrase-file", type=Path, help="with --keys-to; asked for otherwise"
        )

    def handle(self, **options):
        try:
            if options["verify"]:
                self.verify(options["verify"], options["identity"])
            elif options["new_identity"]:
                self.make_identity(options["new_identity"])
            elif options["keys_to"]:
                self.copy_keys(options)
            else:
                self.make(options["to"] or Path(settings.BACKUP_DIR))
        except Failed as failed:
            self.stderr.write(str(failed))
            sys.exit(1)

    def make(self, folder: Path):
        began = time.monotonic()
        try:
            if not settings.DATABASE_BACKUP_URL:
                raise Failed(
                    "没有设置 DATABASE_BACKUP_URL。", "见 docs/deploy/backup.md，用备份角色的地址。"
                )
            made = making.make(
                settings.DATABASE_BACKUP_URL,
                folder,
                settings.BACKUP_RECIPIENT,
                Path(settings.MEDIA_ROOT),
            )
        except Failed as failed:
            self.note_failure(failed.told, failed.remedy)
            raise
        except Exception as error:
            self.note_failure(
                f"备份没有完成（{type(error).__name__}）。", "查看 journalctl -u shequ-backup。"
            )
            raise
        seconds = time.monotonic() - began
        usage = shutil.disk_usage(folder)
        told = (
            f"备份完成：{made.rows} 行，附件 {made.media} 个（新增 {made.copied}），"
            f"{made.size / 2**20:.1f} MB，{seconds:.0f} 秒。"
        )
        status.write(
            status.BACKUP,
            status.Outcome(
                ok=True,
                at=status.now(),
                told=told,
                file=made.path.name,
                bytes=made.size,
                rows=made.rows,
                media=made.media,
                seconds=round(seconds, 1),
                disk_used=round(1 - usage.free / usage.total, 3),
            ),
        )
        self.stdout.write(f"{told}\n{made.path}\n清理旧备份 {made.pruned} 份。")

    def note_failure(self, told: str, remedy: str):
        status.write(status.BACKUP, status.Outcome(False, status.now(), told, remedy))

    def verify(self, path: Path, identity: Path | None):
        for line in verifying.verify(path, package.identity_in(identity) if identity else None):
            self.stdout.write(f"PASS  {line}")

    def make_identity(self, path: Path):
        public = keys.new_identity(path)
        self.stdout.write(
            f"BACKUP_RECIPIENT={public}\n"
            f"私钥在 {path}：移到别处（不要留在这台服务器和备份目录），并在纸上再留一份。"
        )

    def copy_keys(self, options):
        if options["passphrase_file"]:
            passphrase = options["passphrase_file"].read_text(encoding="utf-8").strip()
        else:
            passphrase = getpass.getpass("口令（至少 16 个字符）：")
        folder = options["to"] or Path(settings.BACKUP_DIR)
        self.stdout.write(f"密钥副本：{keys.store_copy(options['keys_to'], folder, passphrase)}")
