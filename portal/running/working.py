"""The worker, and what waits for it."""

from dataclasses import dataclass

from portal.running.database import one
from portal.running.declare import Finding, bad, check, good, warn

GROUP = "后台任务"
SILENT_SECONDS = 60  # it gives a sign of life every ten
LONG_WAIT_SECONDS = 15 * 60
RESTART = "重启后台程序：systemctl restart shequ-workbench-worker，并查看它的日志。"


@dataclass(frozen=True)
class Queue:
    """How the queue stands; ages in seconds, None where there is none."""

    silent: float | None  # since the last sign of life of any worker
    waiting: int  # jobs whose time has come
    oldest: float | None  # of these
    failed: int  # in the last day


def queue() -> Queue:
    return Queue(
        *one(
            """
            SELECT
              (SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat))::float8
                 FROM procrastinate_workers),
              count(*) FILTER (WHERE is_due),
              max(extract(epoch FROM clock_timestamp() - since)) FILTER (WHERE is_due)::float8,
              count(*) FILTER (WHERE has_failed)
            FROM (
              SELECT status = 'todo' AND coalesce(scheduled_at, '-infinity') <= clock_timestamp()
                       AS is_due,
                     status = 'failed' AND event.at > clock_timestamp() - interval '1 day'
                       AS has_failed,
                     greatest(event.at, job.scheduled_at) AS since
              FROM procrastinate_jobs AS job
              LEFT JOIN LATERAL (
                SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id
              ) AS event ON true
              WHERE status IN ('todo', 'failed')
            ) AS standing
            """
        )
    )


def is_silent() -> bool:
    """Whether no worker runs, so that what is queued will wait."""
    silent = one(
        "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat))"
        " FROM procrastinate_workers"
    )[0]
    return silent is None or silent > SILENT_SECONDS


@check("worker", "后台程序", GROUP, asks_database=True)
def worker_lives() -> Finding:
    now = queue()
    if now.silent is None or now.silent > SILENT_SECONDS:
        since = "没有运行过" if now.silent is None else f"已 {now.silent / 60:.0f} 分钟没有响应"
        return bad(f"后台程序{since}，导入、批量打印和提醒都在等待。", RESTART)
    if now.oldest and now.oldest > LONG_WAIT_SECONDS:
        return warn(
            f"{now.waiting} 项任务在排队，最早的已等 {now.oldest / 60:.0f} 分钟。",
            "再启动一个后台程序，或查看哪项任务占用过久。",
        )
    return good(f"运行正常，{now.waiting} 项任务在排队。")


@check("failed", "失败的任务", GROUP, asks_database=True)
def jobs_succeed() -> Finding:
    failed = queue().failed
    if failed:
        return warn(
            f"最近一天有 {failed} 项任务失败。",
            "查看日志：journalctl -u shequ-workbench-worker -p err。",
        )
    return good("最近一天没有任务失败。")
