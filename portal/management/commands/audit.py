"""``audit verify|seal|months|restored``: prove the change log, seal it, see to its months, go on after a restore."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.audit.chain import heads_in, present_head, seal
from portal.audit.jobs import prove_and_keep
from portal.audit.months import make_ahead, next_is_missing, present_months
from portal.audit.restored import known_here, set_aside
from portal.choosing import WRONG_USE


class Command(BaseCommand):
    help = "操作日志的封存和校验。退出码：0 完好，1 发现问题，2 参数有误。"

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="逐条校验操作日志的链")
        verify.add_argument(
            "--head", type=Path, metavar="FILE", help="库外保存的链头（不写为 AUDIT_HEAD_FILE）"
        )
        acts.add_parser("seal", help="立即封存，并写出链头")
        acts.add_parser("months", help="建好今后几个月的分区，并列出现有的")
        acts.add_parser("restored", help="恢复备份之后：把备份里没有的链头另存，其余照旧核对")

    def handle(self, *, act, **options):
        getattr(self, act)(**options)

    def verify(self, *, head=None, **options):
        path = head or Path(settings.AUDIT_HEAD_FILE)
        try:
            heads = heads_in(path) if head or path.exists() else []
        except (OSError, ValueError) as error:
            raise CommandError(f"读不出库外链头：{error}", returncode=WRONG_USE) from None
        proof = prove_and_keep("command:audit", heads)
        outside = f"对照 {path}" if heads else "没有库外链头可对照，末尾是否被截断无从得知"
        self.stdout.write(
            f"已校验 {proof.entries} 条，用时 {proof.seconds:.1f} 秒；{outside}；"
            f"另有 {proof.waiting} 条待封存。"
        )
        for fault in proof.faults:
            self.stdout.write(str(fault))
        if not proof.holds:
            raise CommandError(f"发现 {len(proof.faults)} 处问题。", returncode=1)
        self.stdout.write("完好。")

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
