"""Dispose by law of the evidence behind issued summaries whose records are disposed of."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.choosing import WRONG_USE, chosen_period, chosen_unit
from portal.models import User
from portal.scope import Denied, access_of, scope
from reports.models import Issue, Tombstone
from reports.services.withdrawing import dispose


class Command(BaseCommand):
    help = (
        "把签发件所依据记录中的姓名等换成代号，原件销毁，留下校验码和理由；不能恢复。"
        "退出码：0 已办，1 没有权限，2 参数有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, metavar="CODE", help="12 位代码")
        parser.add_argument("--period", required=True, metavar="P", help="时段，如 2015")
        parser.add_argument("--kind", metavar="LETTER", help="总结种类，不写为全部")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="处置的依据和理由")
        parser.add_argument("--as", required=True, dest="user", metavar="USER", help="经办账号")
        parser.add_argument(
            "--approved-by", metavar="USER", help="批准账号：另一位有签发权限的人；只列出时不用写"
        )
        parser.add_argument("--check", action="store_true", help="只列出，不处置")

    def handle(self, *, unit, period, kind, reason, user, approved_by, check, **options):
        unit, period = chosen_unit(unit), chosen_period(period)
        account = self.account(user)
        if approved_by is None and not check:
            raise CommandError("请用 --approved-by 写明批准账号。", returncode=WRONG_USE)
        approver = None if check else self.account(approved_by)
        with scope(access_of(account).scope()):
            issues = self.due(account, unit, period, kind)
            for issue in issues:
                self.stdout.write(
                    f"{issue} {issue.sha256[:16]}：{self.done(issue, reason, account, approver)}"
                )
            self.stdout.write(f"共 {len(issues)} 件。")

    def account(self, username: str) -> User:
        if (found := User.objects.filter(username=username).first()) is None:
            raise CommandError(f"没有用户“{username}”。", returncode=WRONG_USE)
        return found

    def due(self, account, unit, period, kind) -> list[Issue]:
        """What is issued of this unit and period and still holds its full evidence."""
        issues = Issue.objects.visible_to(account).filter(unit=unit, period_key=period.key)
        issues = issues.filter(kind=kind) if kind else issues
        disposed = Tombstone.objects.filter(kind=Tombstone.Kind.DISPOSED).values("issue")
        return list(issues.exclude(pk__in=disposed).select_related("unit", "bundle").defer("pdf"))

    def done(self, issue, reason, account, approver) -> str:
        if approver is None:
            return "待处置"
        if issue.tombstones.filter(kind=Tombstone.Kind.DISPOSED).exists():
            return "已随同一份依据处置"
        try:
            stones = dispose(issue, reason=reason, by=account, approved_by=approver)
        except Denied as denial:
            raise CommandError(str(denial)) from denial
        except ValidationError as error:
            raise CommandError("；".join(error.messages), returncode=WRONG_USE) from error
        return f"已处置，代号版校验码 {stones[0].replaced_by.sha256[:16]}"
