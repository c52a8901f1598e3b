"""The replica, where there is one: whether it answers, and how far it lags."""

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from portal import replica
from portal.running.database import GROUP
from portal.running.declare import Finding, bad, check, good, warn

LAG = """
    SELECT pg_is_in_recovery(),
      extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8
"""


@check("replica", "只读副本", GROUP)
def the_replica_follows() -> Finding:
    if not replica.is_there():
        return good("没有配置，读写都由主库承担。")
    try:
        with connections[replica.ALIAS].cursor() as cursor:
            cursor.execute(LAG)
            follows, lag = cursor.fetchone()
    except DatabaseError as error:
        return warn(
            f"连不上只读副本（{type(error).__name__}），现在都由主库回答。",
            "查看副本上的 PostgreSQL 是否启动、DATABASE_REPLICA_URL 是否正确。",
        )
    if not follows:
        return bad(
            "DATABASE_REPLICA_URL 指向的不是副本，或它已被提升为主库；程序不使用它。",
            "改正 DATABASE_REPLICA_URL，或在那台机器上重做副本（pg_basebackup -R）。",
        )
    if lag is None or lag > settings.REPLICA_LAG_SECONDS:
        told = "还没有收到主库的任何改动" if lag is None else f"落后主库 {lag:.0f} 秒"
        return warn(
            f"只读副本{told}，现在都由主库回答。",
            "查看主库的 pg_stat_replication、两台机器的时钟，以及后台程序是否在运行。",
        )
    return good(f"落后主库 {lag:.0f} 秒。")
