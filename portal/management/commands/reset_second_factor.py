"""``reset_second_factor USER``: for the one administrator of an installation, whom no other can help."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.accounts import second_factor
from portal.models import User
from portal.scope import Scope, scope

USAGE = 2


class Command(BaseCommand):
    help = (
        "手机丢失、恢复码也不在时，取消账号的双因素登录并退出其所有登录；角色要求的，下次登录须重新设置。"
        "退出码：0 已重置，2 没有这个账号，或它没有设置。"
    )

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="USER", help="用户名")

    def handle(self, *, username, **options):
        try:
            account = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as error:
            raise CommandError(f"没有用户“{username}”。", returncode=USAGE) from error
        try:
            with scope(Scope(frozenset(), frozenset(), "command:reset_second_factor")):
                second_factor.reset(account, by=None)
        except ValidationError as error:
            raise CommandError("".join(error.messages), returncode=USAGE) from error
        self.stdout.write(f"已重置 {account.username} 的双因素登录。")
