"""``audit verify|seal|months|restored|drop-older``: prove the change log or a file of it, seal it, see to its
months, go on after a restore, and take months away whose time is over (docs/deploy/change-log.md)."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.audit.chain import Head, heads_in, present_head, seal
from portal.audit.dropping import OWNER, Refused, drop
from portal.audit.file_proof import dropped_here, prove_file
from portal.audit.jobs import prove_and_keep
from portal.audit.months import first_kept, make_ahead, next_is_missing, present_months
from portal.audit.restored import known_here, set_aside
from portal.choosing import WRONG_USE
from portal.models import User
from portal.policies.reading import policy


class Command(BaseCommand):
    help = "操作日志的封存和校验。退出码：0 完好，1 发现问题，2 参数有误。"

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="逐条校验操作日志的链")
        verify.add_argument(
            "--head", type=Path, metavar="FILE", help="库外保存的链头（不写为 AUDIT_HEAD_FILE）"
        )
        verify.add_argument(
            "--file", type=Path, metavar="FILE", help="不校验数据库，校验 drop-older 写出的文件"
        )
        acts.add_parser("seal", help="立即封存，并写出链头")
        acts.add_parser("months", help="建好今后几个月的分区，并列出现有的")
        acts.add_parser("restored", help="恢复备份之后：把备份里没有的链头另存，其余照旧核对")
        older = acts.add_parser(
            "drop-older", help="满期的月份：导出成文件，校验无误后从数据库清除（以属主角色运行）"
        )
        older.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="导出到这个新文件"
        )
        older.add_argument(
            "--before", metavar="YYYY-MM", help="清除这个月以前的（不写为保存期限允许的最迟月份）"
        )
        older.add_argument(
            "--as", required=True, dest="user", metavar="USER", help="经办：审计管理员"
        )
        older.add_argument("--approved-by", required=True, metavar="USER", help="批准：安全管理员")

    def handle(self, *, act, **options):
        getattr(self, act.replace("-", "_"))(**options)

    def heads(self, head: Path | None) -> tuple[Path, list[Head]]:
        path = head or Path(settings.AUDIT_HEAD_FILE)
        try:
            return path, heads_in(path) if head or path.exists() else []
        except (OSError, ValueError) as error:
            raise CommandError(f"读不出库外链头：{error}", returncode=WRONG_USE) from None

    def verify(self, *, head=None, file=None, **options):
        path, heads = self.heads(head)
        if file:
            self.verify_file(file, heads)
            return
        proof = prove_and_keep("command:audit", heads)
        outside = f"对照 {path}" if heads else "没有库外链头可对照，末尾是否被截断无从得知"
        self.stdout.write(
            f"已校验 {proof.entries} 条，用时 {proof.seconds:.1f} 秒；{outside}；"
            f"另有 {proof.waiting} 条待封存。"
        )
        self.require_whole(proof)
        self.stdout.write("完好。")

    def require_whole(self, proof):
        for fault in proof.faults:
            self.stdout.write(str(fault))
        if not proof.holds:
            raise CommandError(f"发现 {len(proof.faults)} 处问题。", returncode=1)

    def seal(self, **options):
        sealed, head = seal(), present_head()
        told = f"链头：第 {head.count} 环，{head.link}" if head else "链还是空的"
        self.stdout.write(f"封存 {sealed} 条。{told}")

    def months(self, **options):
        self.stdout.write(f"新建 {make_ahead()} 个分区。")
        found = present_months()
        self.stdout.write("、".join(f"{first:%Y-%m}" for first in found))
        if next_is_missing(found):
            raise CommandError("下个月的分区还没有建好。", returncode=1)

    def restored(self, **options):
        """Only what a restore explains: the chain must hold with the heads that are left."""
        path = Path(settings.AUDIT_HEAD_FILE)
        try:
            heads = heads_in(path)
        except (OSError, ValueError) as error:
            raise CommandError(f"读不出库外链头：{error}", returncode=WRONG_USE) from None
        if prove_and_keep("command:audit", heads).holds:
            self.stdout.write("库外链头与数据库相符，没有要另存的。")
            return
        kept = known_here(heads)
        lost = [head for head in heads if head not in kept]
        proof = prove_and_keep("command:audit", kept)
        if not (kept and proof.holds):
            told = "\n".join(map(str, proof.faults)) or "库外链头没有一个与数据库相符。"
            raise CommandError(f"不是恢复备份造成的，什么也没有改：\n{told}", returncode=1)
        try:
            aside = set_aside(path, kept)
        except OSError as error:
            raise CommandError(f"写不了 {path}：{error.strerror or error}", returncode=1) from None
        self.stdout.write(
            f"备份之后封存的 {max(head.count for head in lost) - kept[-1].count} 条日志已随恢复失去；"
            f"全部链头另存为 {aside}，请保留。其余 {proof.entries} 条完好。"
        )

    def verify_file(self, file: Path, heads: list[Head]):
        try:
            proof = prove_file(file, heads + dropped_here())
        except (OSError, ValueError) as error:
            raise CommandError(f"读不出 {file}：{error}", returncode=WRONG_USE) from None
        span = f"，{proof.first:%Y-%m-%d} 至 {proof.last:%Y-%m-%d}" if proof.first else ""
        self.stdout.write(
            f"{proof.before[:7]} 以前的日志，第 {proof.start + 1} 至 {proof.til} 环，共 {proof.entries} 条{span}；"
            f"校验码 {proof.sha256}；与库外链头和清除记录对照 {proof.compared} 处。"
        )
        self.require_whole(proof)
        if not proof.compared:
            raise CommandError(
                "文件前后一致，但没有库外链头或清除记录可对照，不能认定是原件；请用 --head 指明当时的链头。",
                returncode=1,
            )
        self.stdout.write("完好。")

    def drop_older(self, *, before, out, user, approved_by, **options):
        if OWNER not in settings.DATABASES:
            raise CommandError(
                "没有设置 DATABASE_OWNER_URL，见 docs/deploy/change-log.md。", returncode=WRONG_USE
            )
        day = self.month(before) if before else first_kept(policy("audit_years"))
        try:
            dropped = drop(
                day,
                out,
                by=self.account(user),
                approved_by=self.account(approved_by),
                told=self.stdout.write,
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from None
        if dropped is None:
            self.stdout.write(f"没有 {day:%Y-%m} 以前的日志，什么也没有做。")
            return
        self.stdout.write(
            f"已清除 {dropped.months} 个月、{dropped.entries} 条。请把 {out} 和当时的 FIELD_KEYS 一起长期保存；"
            f"校验码 {dropped.proof.sha256}。"
        )
        self.verify()

    def month(self, text: str) -> date:
        try:
            return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007
        except ValueError:
            raise CommandError(
                f"--before 要写成年和月，如 2026-01，不能是“{text}”。", returncode=WRONG_USE
            ) from None

    def account(self, username: str) -> User:
        if (found := User.objects.filter(username=username, is_active=True).first()) is None:
            raise CommandError(f"没有在用的用户“{username}”。", returncode=WRONG_USE)
        return found
