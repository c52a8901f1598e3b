"""``bootstrap --units TABLE [--staff TABLE]``: the first run without demo data."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.bootstrap import password_file
from portal.bootstrap.running import Refused, bootstrap
from portal.bootstrap.tables import Unreadable
from portal.bootstrap.templates import write_templates

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "建立单位、三名管理员和工作人员账号；先全部检查，有一处错误就什么也不建。"
        "退出码：0 已建立（或检查通过），1 有误、没有任何改动，2 参数或文件有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--units", type=Path, metavar="TABLE", help="单位表，.xlsx 或 .csv")
        parser.add_argument("--staff", type=Path, metavar="TABLE", help="人员表，.xlsx 或 .csv")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="临时密码写入这个新文件（0600）"
        )
        parser.add_argument("--add", action="store_true", help="已有单位时补充；相同的行不变")
        parser.add_argument("--check", action="store_true", help="只检查，不建立")
        parser.add_argument(
            "--template", type=Path, metavar="DIR", help="写出两份空白表格，不做别的"
        )

    def handle(self, *, units, staff, out, add, check, template, **options):
        if template:
            self.write_templates(template)
            return
        if not units and not (add and staff):
            raise CommandError(
                "请用 --units 给出单位表（只补充人员时用 --add --staff）；空白表格：--template 目录。",
                returncode=USAGE,
            )
        try:
            outcome = self.run(out, units_file=units, staff_file=staff, add=add, check=check)
        except Unreadable as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except FileExistsError as error:
            message = f"文件 {out} 已存在，没有任何改动；请先取走并删除它，或换一个文件名。"
            raise CommandError(message, returncode=USAGE) from error
        except OSError as error:
            raise CommandError(f"写不了文件 {out}：{error.strerror}。", returncode=USAGE) from error
        except Refused as refusal:
            for problem in refusal.problems:
                self.stderr.write(str(problem))
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        counts = f"单位 {outcome.units} 个，账号 {len(outcome.issued)} 个，角色 {outcome.roles} 个"
        if check:
            self.stdout.write(f"检查通过，没有任何改动；将新建{counts}（另有管理员的角色）。")
            return
        self.stdout.write(f"已新建{counts}（另有管理员的角色）。")
        self.tell_passwords(outcome.issued, out)

    def run(self, out, **tables):
        """The passwords are in the file before anything is committed; no file where there are none."""
        if out is None or tables["check"]:
            return bootstrap(**tables)
        with password_file.private_file(out) as write:
            outcome = bootstrap(
                **tables, before_commit=lambda issued: write(password_file.lines(issued))
            )
        if not outcome.issued:
            out.unlink()
        return outcome

    def tell_passwords(self, issued, out):
        if not issued:
            return
        if out:
            self.stdout.write(f"临时密码在 {out}，只有您能读；分发后请删除。首次登录必须修改。")
            return
        self.stdout.write("以下临时密码只显示这一次，首次登录必须修改：")
        for line in password_file.lines(issued):
            self.stdout.write(line)

    def write_templates(self, folder):
        try:
            paths = write_templates(folder)
        except FileExistsError as error:
            raise CommandError(f"{error.args[0]} 已存在，没有覆盖。", returncode=USAGE) from error
        except OSError as error:
            raise CommandError(f"写不了 {folder}：{error.strerror}。", returncode=USAGE) from error
        for path in paths:
            self.stdout.write(str(path))
