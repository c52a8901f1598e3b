"""``reset_password USER``: for administrators, whose passwords no other administrator can reset."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.services import reset_password
from portal.bootstrap import password_file
from portal.models import User
from portal.scope import Scope, scope

USAGE = 2


class Command(BaseCommand):
    help = (
        "为账号生成一个只显示一次的临时密码，原密码和登录马上失效；首次登录必须修改。"
        "退出码：0 已重置，2 参数或文件有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="USER", help="用户名")
        parser.add_argument("--out", type=Path, metavar="FILE", help="密码写入这个新文件（0600）")

    def handle(self, *, username, out, **options):
        try:
            account = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as error:
            raise CommandError(f"没有用户“{username}”。", returncode=USAGE) from error
        if out is None:
            self.stdout.write(self.reset(account))
            return
        try:
            with password_file.private_file(out) as write:
                write([self.reset(account)])
        except OSError as error:
            raise CommandError(f"写不了文件 {out}：{error.strerror}。", returncode=USAGE) from error

    def reset(self, account) -> str:
        with scope(Scope(frozenset(), frozenset(), "command:reset_password")):
            return reset_password(account, by=None)
