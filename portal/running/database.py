"""The database: is it there, is it ours, does it keep what it acknowledged."""

from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.running.declare import Finding, bad, check, good, warn
from portal.wall.guard import require_wall

GROUP = "数据库"
MIGRATE = "以所有者角色执行 manage.py migrate --database owner。"
# The first release of each major version without CVE-2025-8713 (statistics leak past policies).
FLOORS = {15: 14, 16: 10, 17: 6}
MOST_SKEW_SECONDS = 5
OLD_TRANSACTIONS = 1_000_000_000  # of the 2³¹ after which PostgreSQL stops taking writes
DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "data_checksums": "on",
}
QUIET = {"log_parameter_max_length_on_error": "0", "log_statement": "none"}


def one(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def shown(name: str) -> str:
    return one("SELECT current_setting(%s)", name)[0]


@check("database", "数据库连接", GROUP, for_serving=True)
def reachable() -> Finding:
    """Asked first; when it fails, the others that need the database are not asked."""
    try:
        one("SELECT 1")
    except DatabaseError as error:
        return bad(
            f"连不上数据库（{type(error).__name__}）。",
            "查看 PostgreSQL 是否启动、DATABASE_URL 是否正确：systemctl status postgresql。",
        )
    return good("连接正常。")


@check("wall", "数据隔离", GROUP, asks_database=True, for_serving=True)
def the_wall_stands() -> Finding:
    try:
        require_wall(connection)
    except ImproperlyConfigured as error:
        return bad(f"数据库的隔离策略与程序不符：{error}", MIGRATE)
    return good("行级隔离、授权和触发器与程序一致，程序角色不拥有任何表。")


@check("migrations", "数据库结构", GROUP, asks_database=True, for_serving=True)
def migrated() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return bad(f"有 {len(missing)} 项结构变更没有执行。", MIGRATE)
    return good("结构与程序一致。")


@check("version", "PostgreSQL 版本", GROUP, asks_database=True)
def version() -> Finding:
    number = int(shown("server_version_num"))
    major, minor = divmod(number, 10_000)
    told = f"PostgreSQL {major}.{minor}"
    if major < min(FLOORS):
        return bad(f"{told}，本系统需要 {min(FLOORS)} 或更高。", "升级 PostgreSQL。")
    if minor < FLOORS.get(major, 0):
        return warn(
            f"{told} 缺少安全更新（应为 {major}.{FLOORS[major]} 或更高）。", "apt-get upgrade。"
        )
    return good(told)


@check("database-line", "数据库线路", GROUP, asks_database=True)
def the_line_is_closed() -> Finding:
    address, is_encrypted = one(
        "SELECT host(inet_server_addr()), ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    )
    checked = connection.settings_dict["OPTIONS"].get("sslmode") in {"verify-ca", "verify-full"}
    return line(address, is_encrypted=is_encrypted, is_checked=checked)


def line(address: str | None, *, is_encrypted: bool, is_checked: bool) -> Finding:
    """``address`` is the server's, None behind a socket of this machine; ``is_checked``: its certificate is."""
    if address is None or ip_address(address).is_loopback:
        return good("数据库在本机，内容不经过网络。")
    if not is_encrypted:
        return warn(
            f"数据库在 {address}，连接没有加密。",
            "在 DATABASE_URL 末尾写 ?sslmode=verify-full&sslrootcert=证书文件。"
            "数据库与程序在同一台机器的容器里时可以不加密。",
        )
    if not is_checked:
        return warn(
            f"与数据库（{address}）的连接已加密，但没有核对对方的证书。",
            "在 DATABASE_URL 里把 sslmode 改为 verify-full，用 sslrootcert 指明证书文件。",
        )
    return good(f"与数据库（{address}）的连接已加密并核对证书。")


@check("durability", "落盘与校验", GROUP, asks_database=True)
def durable() -> Finding:
    wrong = [name for name, wanted in DURABLE.items() if shown(name) != wanted]
    if shown("synchronous_commit") == "off":
        wrong.append("synchronous_commit")
    if "data_checksums" in wrong:
        wrong.remove("data_checksums")
        if not wrong:
            return warn(
                "数据页没有校验和，磁盘损坏可能不被发现。",
                "停库后执行 pg_checksums --enable，或重建时用 initdb --data-checksums。",
            )
    if wrong:
        return bad(
            f"断电可能丢失已提交的数据：{'、'.join(wrong)} 没有打开。",
            f"在 postgresql.conf 里打开 {', '.join(wrong)} 后重启数据库。",
        )
    return good("提交即落盘，数据页带校验和。")


@check("statements", "数据库日志", GROUP, asks_database=True)
def logs_hold_no_values() -> Finding:
    wrong = [f"{name}={wanted}" for name, wanted in QUIET.items() if shown(name) != wanted]
    if wrong:
        return warn(
            "数据库日志可能写入个人信息。",
            f"重新执行 docs/deploy/roles.sql，或设置 {', '.join(wrong)}。",
        )
    return good("语句和参数不写入数据库日志。")


@check("clock", "时钟", GROUP, asks_database=True, for_serving=True)
def clocks_agree() -> Finding:
    """Terms, sign-in codes and the change log go by the clock; the two machines must agree, and
    neither may stand before what was logged last."""
    theirs, last = one("SELECT clock_timestamp(), (SELECT max(created_at) FROM portal_submission)")
    skew = (timezone.now() - theirs).total_seconds()
    remedy = "两台服务器都启用时间同步：timedatectl set-ntp true。"
    if abs(skew) > MOST_SKEW_SECONDS:
        return bad(f"程序与数据库的时钟相差 {abs(skew):.0f} 秒。", remedy)
    if last and (last - theirs).total_seconds() > MOST_SKEW_SECONDS:
        return bad(f"数据库的时钟早于最近一次提交（{last:%Y-%m-%d %H:%M}）。", remedy)
    return good("程序与数据库的时钟一致。")


@check("age", "事务编号", GROUP, asks_database=True)
def transactions_are_young() -> Finding:
    age, size = one(
        "SELECT age(datfrozenxid), pg_database_size(current_database())"
        " FROM pg_database WHERE datname = current_database()"
    )
    told = f"数据库 {size / 1024**3:.1f} GB，事务编号已用 {age / 2**31:.0%}。"
    if age > OLD_TRANSACTIONS:
        return bad(told, "自动清理没有运行：以 postgres 用户执行 vacuumdb --all --freeze。")
    return good(told)


@check("archive", "日志归档", GROUP, asks_database=True)
def wal_is_archived() -> Finding:
    if shown("archive_mode") == "off":
        return warn(
            "没有归档 WAL 日志，只能恢复到上一次备份。", "按 docs/deploy/backup.md 打开连续归档。"
        )
    failing = one(
        "SELECT last_failed_time > coalesce(last_archived_time, '-infinity') FROM pg_stat_archiver"
    )[0]
    if failing:
        return bad("最近一次日志归档失败，磁盘会被占满。", "查看 PostgreSQL 日志和归档目录的空间。")
    return good("WAL 日志连续归档。")
