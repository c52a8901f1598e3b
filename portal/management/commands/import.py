"""``import LEDGER FILE --unit CODE --as USER [--approved-by USER] [--check]``: without a browser."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.imports import batches, work
from portal.imports.guarding import SAVE_AS, UnreadableWorkbook
from portal.imports.running import run
from portal.imports.stepping import move
from portal.ledgers.registry import ledgers
from portal.models import Unit, User
from portal.scope import Denied, access_of, scope

REFUSED, USAGE = 1, 2
WHOLE = "workbook"


class Command(BaseCommand):
    help = (
        "导入一份 .xlsx：LEDGER 是台账代码，或 workbook（所有同名工作表）。"
        "退出码：0 已导入（或检查通过），1 有误、未导入任何内容，2 参数或文件有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("ledger", metavar="LEDGER", help="台账代码，或 workbook")
        parser.add_argument("file", metavar="FILE", type=Path, help=".xlsx 文件")
        parser.add_argument("--unit", required=True, metavar="CODE", help="单位代码")
        parser.add_argument("--as", required=True, metavar="USER", dest="user", help="用户名")
        parser.add_argument(
            "--approved-by", metavar="USER", default="", help="复核人的用户名；行数多时必填"
        )
        parser.add_argument("--check", action="store_true", help="只检查，不导入")

    def handle(self, *, ledger, file, unit, user, approved_by, check, **options):
        ledger, unit, user = self.ledger(ledger), self.unit(unit), self.user(user)
        approver = self.user(approved_by) if approved_by else None
        content = self.content(file)
        try:
            with scope(access_of(user).scope()):
                if check:
                    report = run(content, ledger=ledger, unit=unit, by=user, commit=False)
                else:
                    report = self.store(content, file.name, ledger, unit, user, approver)
        except UnreadableWorkbook as error:
            raise CommandError(f"{file}：{error}", returncode=USAGE) from error
        except Denied as denial:
            raise CommandError(str(denial), returncode=REFUSED) from denial
        for line in report.lines():
            self.stdout.write(line)
        if report.errors:
            count = len(report.errors)
            raise CommandError(f"有 {count} 处错误，未导入任何内容。", returncode=REFUSED)
        self.stdout.write("检查通过，未导入。" if check else "已导入。")

    def store(self, content, name, ledger, unit, user, approver):
        """Store the file as a batch of the user's, so that it is logged and can be undone; the
        report of its check where there are errors, and then no batch is kept."""
        with transaction.atomic():
            batch = batches.upload(content, name, ledger=ledger, unit=unit, by=user)
            move(batch, "check", by=user)
            report = work.check(batch)
            if report.errors:
                transaction.set_rollback(True)
            elif not report.changes_something:
                return report
            elif not batches.needs_approval(batch):
                move(batch, "store", by=user)
                report = work.store(batch)
            elif approver is None:
                raise Denied("要导入的行较多，须由另一个人复核：请加上 --approved-by。")
            else:
                move(batch, "submit", by=user)
                move(batch, "approve", by=approver)
                report = work.store(batch)
        return report

    def ledger(self, slug):
        if slug == WHOLE:
            return None
        if slug not in ledgers:
            known = "、".join([WHOLE, *(each.slug for each in ledgers)])
            raise CommandError(f"没有台账“{slug}”；可用的有：{known}。", returncode=USAGE)
        return ledgers[slug]

    def unit(self, code):
        found = Unit.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"没有代码为“{code}”的单位。", returncode=USAGE)
        return found

    def user(self, username):
        found = User.objects.filter(username=username.strip().lower(), is_active=True).first()
        if found is None:
            raise CommandError(f"没有用户“{username}”，或账号已停用。", returncode=USAGE)
        return found

    def content(self, file):
        if file.suffix.lower() != ".xlsx":
            raise CommandError(f"{file}：只能导入 .xlsx 文件。{SAVE_AS}", returncode=USAGE)
        try:
            with file.open("rb") as source:
                # One byte more than allowed is enough to see that the file is too large.
                return source.read(settings.UPLOAD_MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(
                f"读不了文件 {file}：{error.strerror}。", returncode=USAGE
            ) from error
