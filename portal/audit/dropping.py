"""Taking away months of the change log whose time is over: into a file that is proven, then out of the database.

The owner's act on the command line, ordered by an audit administrator and approved by a security administrator.
"""

import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.utils import OperationalError

from portal.audit import kept_file
from portal.audit.chain import Head, heads_in, seal, write
from portal.audit.file_proof import FileProof, prove_file
from portal.audit.jobs import prove_and_keep
from portal.audit.kept_file import Older, older
from portal.audit.months import first_kept
from portal.audit.notes import LONGEST
from portal.audit.proof import present_anchor
from portal.isolation import LOCK_NOT_AVAILABLE
from portal.models import SecurityEvent, Unit, User
from portal.policies.reading import policy
from portal.scope import access_of

OWNER = "owner"
WAIT = "5s"  # for writers: whoever writes later waits behind this
ORDERS, APPROVES = "audit.read", "retention.manage"


class Refused(Exception):
    """Nothing was dropped; what is wrong and what to do, for whoever is at the command line."""


@dataclass(frozen=True)
class Dropped:
    entries: int
    months: int
    proof: FileProof


def drop(
    before: date,
    path: Path,
    *,
    by: User,
    approved_by: User,
    told: Callable[[str], None] = lambda text: None,
) -> Dropped | None:
    """All entries before that first day of a month; None if there are none. Raises Refused."""
    require_two(by, approved_by)
    require_time(before)
    require_place(path)
    heads = _proven_log()
    with _as_log_owner(moment=True) as cursor:
        plan = older(cursor, before, policy("audit_years"))
        _require_old(plan, before)
        if not plan.entries:
            return None
        unfinished = _written(path, plan, before)
    proof = _proven_file(unfinished, path, plan, heads)
    told(f"已导出 {proof.entries} 条到 {path}，重新读出校验无误。")
    return Dropped(proof.entries, _taken_away(before, plan, proof, path, by, approved_by), proof)


def require_two(by: User, approved_by: User) -> None:
    """The log is of all units, so both must stand for all of them."""
    if by == approved_by:
        raise Refused("经办人不能批准自己的清除，--approved-by 请写另一个账号。")
    everywhere = set(Unit.objects.values_list("pk", flat=True))
    for account, permission, who in (
        (by, ORDERS, "--as 须是管辖全部单位的审计管理员"),
        (approved_by, APPROVES, "--approved-by 须是管辖全部单位的安全管理员（或有权批准销毁的人）"),
    ):
        if not everywhere <= access_of(account).units(permission):
            raise Refused(f"{who}，“{account.username}”不是。")


def require_time(before: date) -> None:
    years = policy("audit_years")
    latest = first_kept(years)
    if before > latest:
        raise Refused(
            f"操作日志至少保存 {years} 年（安全策略“操作日志至少保存”），现在只能清除 {latest:%Y-%m} 以前的："
            f"--before {latest:%Y-%m} 或更早。"
        )


def require_place(path: Path) -> None:
    if path.exists():
        raise Refused(f"{path} 已经有了，不会覆盖；--out 请换一个文件名。")
    if not path.parent.is_dir():
        raise Refused(f"没有目录 {path.parent}；--out 请写一个已有目录里的新文件。")


def _proven_log() -> list[Head]:
    """The heads outside, once the whole log held against them."""
    outside = Path(settings.AUDIT_HEAD_FILE)
    try:
        seal()
        heads = heads_in(outside)
    except (OSError, ValueError) as error:
        raise Refused(
            f"读写不了库外链头（AUDIT_HEAD_FILE={outside}）：{error}。没有它，清除以后无从证明剩下的是完整的。"
        ) from error
    proof = prove_and_keep("command:audit", heads)
    if not proof.holds:
        few = "\n".join(str(fault) for fault in proof.faults[:10])
        raise Refused(
            f"操作日志校验发现 {len(proof.faults)} 处问题，查清以前不能清除：\n{few}\n"
            "请保留数据库和库外链头，运行 audit verify 查看全部。"
        )
    return heads


@contextmanager
def _as_log_owner(*, moment: bool = False):
    """A transaction of the role that owns the log, with a cursor."""
    with transaction.atomic(using=OWNER, durable=True), connections[OWNER].cursor() as cursor:
        if moment:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT set_config('role', %s, true)", [settings.DATABASE_AUDIT_ROLE])
        yield cursor


def _require_old(plan: Older, before: date) -> None:
    if plan.unsealed:
        raise Refused(
            f"{before:%Y-%m} 以前有 {plan.unsealed} 条没有封存，无从证明；请先运行 audit seal 和 audit verify。"
        )
    if plan.young:
        raise Refused(
            f"有 {plan.young} 条的时间在 {before:%Y-%m} 以前，却是保存期限以内才封存的（服务器时钟曾经不准，"
            "或者有事务拖了很久），不能认定已经满期；--before 请写得更早，或过些时候再办。"
        )


def _written(path: Path, plan: Older, before: date) -> Path:
    try:
        return kept_file.write(
            path, kept_file.lines(OWNER, plan, before, present_anchor().boundary)
        )
    except OSError as error:
        raise Refused(f"写不了 {path}：{error.strerror or error}。日志没有动。") from error


def _proven_file(unfinished: Path, path: Path, plan: Older, heads: list[Head]) -> FileProof:
    """Read it back from the disk: all that goes must be in it, as the chain says. Then it gets its name."""
    try:
        # Heads alone: a file of an earlier drop of the same months, undone by a restore, is another file.
        proof = prove_file(unfinished, [head for head in heads if not head.file])
        wanted = (plan.entries, plan.til, plan.til_link)
        if not proof.holds or (proof.entries, proof.til, proof.link) != wanted:
            few = "\n".join(str(fault) for fault in proof.faults[:10])
            raise Refused(f"导出的文件校验不符，日志没有动；文件留在 {unfinished}：\n{few}")
        kept_file.name(unfinished, path)
    except FileExistsError as error:
        raise Refused(f"{path} 已经有了，不会覆盖；日志没有动。") from error
    except (OSError, ValueError) as error:
        raise Refused(f"读不回 {unfinished}：{error}。日志没有动。") from error
    return proof


def _taken_away(before, plan, proof, path, by, approved_by) -> int:
    """In one transaction, and only if nothing came between; how many months."""
    head = Head(
        plan.til,
        plan.til_id or 0,
        plan.til_link.hex(),
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"{before:%Y-%m-%d}",
        proof.sha256,
    )
    try:
        with _as_log_owner() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit chain'))")
            if older(cursor, before, policy("audit_years")) != plan:
                raise Refused(
                    f"导出以后又有 {before:%Y-%m} 以前的日志变动，没有清除。文件 {path} 作废，请查明原因再办。"
                )
            kept = {p: h for p, h in present_anchor().boundary.items() if p > plan.til}
            boundary = {str(p): h.hex() for p, h in (kept | proof.boundary).items()}
            cursor.execute(
                "INSERT INTO audit.anchor (position, link, last_id, dropped_before, boundary, entries, file)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (position) DO UPDATE SET"
                " dropped_before = EXCLUDED.dropped_before, boundary = EXCLUDED.boundary,"
                " entries = EXCLUDED.entries, file = EXCLUDED.file, at = clock_timestamp()",
                [
                    *(plan.til, plan.til_link, plan.til_id, before),
                    *(json.dumps(boundary), plan.entries, proof.sha256),
                ],
            )
            cursor.execute("DELETE FROM audit.chain WHERE position <= %s", [plan.til])
            cursor.execute("SELECT audit.drop_months(%s)", [before])
            months = cursor.fetchone()[0]
            _note(cursor, head, plan, by, approved_by)
            write(head)  # outside, before it is true: of the two orders the one that loses nothing
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise Refused(
            f"有写入（如导入）一直没有结束，等了 {WAIT} 没有清除；请在夜间再办。文件 {path} 已校验，可以删去重来。"
        ) from error
    except OSError as error:
        raise Refused(
            f"写不了库外链头（AUDIT_HEAD_FILE）：{error.strerror or error}。没有清除。"
        ) from error
    return months


def _note(cursor, head: Head, plan: Older, by: User, approved_by: User) -> None:
    cursor.execute("SELECT set_config('role', 'none', true)")
    cursor.execute("SELECT set_config('app.actor', %s, true)", [f"user:{by.pk}"])
    SecurityEvent.objects.using(OWNER).create(
        kind=SecurityEvent.Kind.AUDIT_DROPPED,
        by_id=by.pk,
        detail=f"{head.dropped_before[:7]} 以前，第 {plan.start + 1} 至 {plan.til} 环，"
        f"文件校验码 {head.file}，批准：{approved_by.username}"[:LONGEST],
        rows=plan.entries,
    )
