"""Cells of figures: whether the worker keeps up with what changes."""

from portal.running.database import one
from portal.running.declare import Finding, check, good, warn

GROUP = "后台任务"
LONG_SECONDS = 10 * 60


def waiting() -> tuple[int, float | None, int]:
    """(marks that wait, age of the oldest in seconds, facts that are to be counted whole)."""
    return one(
        "SELECT marks, extract(epoch FROM clock_timestamp() - since)::float8, wholes"
        " FROM wall_marks_waiting()"
    )


@check("cells", "指标汇总", GROUP, asks_database=True)
def folded() -> Finding:
    marks, age, wholes = waiting()
    if age is not None and age > LONG_SECONDS:
        return warn(
            f"有 {marks} 处变动 {age / 60:.0f} 分钟没有汇入指标；数字仍然准确，只是统计较慢。",
            "后台程序每分钟汇总一次：查看它的日志 journalctl -u shequ-workbench-worker。",
        )
    if wholes:
        return good(f"有 {wholes} 类记录的指标等待重新汇总，其间直接统计，数字准确。")
    return good("记录的变动随时汇入指标。")
