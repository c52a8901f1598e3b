"""The change log: whether its months stand ready, its chain keeps up, and its last proof held."""

from portal.audit.months import first_kept, next_is_missing, present_months
from portal.policies.reading import policy
from portal.running.database import one
from portal.running.declare import Finding, bad, check, good, warn

GROUP = "操作日志"
LONG_UNSEALED_SECONDS = 10 * 60


@check("audit-months", "按月分区", GROUP, asks_database=True)
def months() -> Finding:
    present, years = present_months(), policy("audit_years")
    if next_is_missing(present):
        return warn("操作日志下个月的分区还没有建好。", "运行 script/manage audit months。")
    over = [month for month in present if month < first_kept(years)]
    told = (
        f"{len(over)} 个月的日志已满 {years} 年，可以导出后清除（audit drop-older）。"
        if over
        else ""
    )
    return good(f"今后几个月的分区已建好。{told}")


@check("audit-chain", "封存", GROUP, asks_database=True)
def sealing() -> Finding:
    [age] = one("SELECT extract(epoch FROM clock_timestamp() - audit.waiting_since())::float8")
    if age is not None and age > LONG_UNSEALED_SECONDS:
        return warn(
            f"有操作日志 {age / 60:.0f} 分钟没有封存。",
            "后台程序每分钟封存一次：查看它的日志，或运行 script/manage audit seal。",
        )
    return good("操作日志随时封存。")


@check("audit-proof", "校验", GROUP, asks_database=True)
def proof() -> Finding:
    found = one(
        "SELECT (clock_timestamp() - at) > make_interval(days => 3), jsonb_array_length(faults)"
        " FROM portal_auditcheck ORDER BY id DESC LIMIT 1"
    )
    if found is None:
        return warn("操作日志还没有校验过。", "运行 script/manage audit verify。")
    late, faults = found
    if faults:
        return bad(
            f"最近一次校验发现 {faults} 处问题，日志可能被人改动。",
            "请审计管理员查看“操作日志”，并保留数据库和库外链头。",
        )
    if late:
        return warn("操作日志三天没有校验了。", "运行 script/manage audit verify。")
    return good("最近一次校验完好。")
