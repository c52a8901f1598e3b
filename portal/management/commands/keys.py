"""``keys status|rotate|retire N|rehash``: what each key seals, sealing and hashing anew (docs/deploy/keys.md)."""

from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal.crypto import newest_key_id
from portal.keys import counting, rehashing, rotating
from portal.keys.declare import sealed_columns

USAGE = 2
OWNER = "owner"
LOG, FILES = "修改日志（审计，不改写）", "照片和扫描件"


class Command(BaseCommand):
    help = (
        "status：每把密钥还封存多少个值；rotate：把旧密钥封存的值改用最新的密钥封存，可随时中断再来；"
        "retire N：检查密钥 N 能否去掉；rehash：停机时按 HASH_KEY_NEXT 重算查找用的散列。"
        "以属主角色运行（DATABASE_OWNER_URL）。"
        "退出码：0 完成或可以去掉，1 有打不开的值或还不能去掉，2 用法或设置有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["status", "rotate", "retire", "rehash"])
        parser.add_argument("number", nargs="?", type=int, help="retire 的密钥号")

    def handle(self, *, act, number, **options):
        if OWNER not in settings.DATABASES:
            raise CommandError(
                "没有设置 DATABASE_OWNER_URL，见 docs/deploy/keys.md。", returncode=USAGE
            )
        if (act == "retire") != (number is not None):
            raise CommandError(
                "用法：keys status | rotate | retire 密钥号 | rehash。", returncode=USAGE
            )
        self.connection = connections[OWNER]
        if act == "rotate":
            self.rotate()
        elif act == "rehash":
            self.rehash()
        elif act == "status":
            self.tell(self.counted())
        else:
            self.retire(number)

    def counted(self) -> dict[str, Counter]:
        """Where values are sealed -> key number -> how many."""
        found = {str(each): counting.in_column(self.connection, each) for each in sealed_columns()}
        found[FILES] = counting.in_files()
        found[LOG] = counting.in_change_log(self.connection)
        return {place: counts for place, counts in found.items() if counts}

    def tell(self, found: dict[str, Counter]) -> None:
        total = sum(found.values(), Counter())
        for key in sorted({*total, *settings.FIELD_KEYS}):
            known = (
                "" if key in settings.FIELD_KEYS else "，FIELD_KEYS 里没有这把密钥，这些值打不开"
            )
            newest = "（最新，封存新值）" if key == newest_key_id() else ""
            self.stdout.write(f"密钥 {key}{newest}：{total[key]} 个值{known}")
            for place, counts in found.items():
                if counts[key]:
                    self.stdout.write(f"    {place}：{counts[key]}")

    def rotate(self) -> None:
        sealed, closed = 0, []
        for column in sealed_columns():
            done = 0
            for outcome in rotating.rotate_column(self.connection, column):
                done += outcome.sealed
                closed += [f"{column} 的记录 {key}" for key in outcome.closed]
            if done:
                self.stdout.write(f"{column}：已改封 {done} 个")
            sealed += done
        outcome = rotating.rotate_files()
        if outcome.sealed:
            self.stdout.write(f"{FILES}：已改封 {outcome.sealed} 个")
        sealed += outcome.sealed
        closed += [f"文件 {name}" for name in outcome.closed]
        self.stdout.write(f"共改封 {sealed} 个值。现在：")
        self.tell(self.counted())
        if closed:
            few = "、".join(closed[:10])
            raise CommandError(
                f"有 {len(closed)} 个值打不开，没有改动：{few}。请找回封存它们的密钥。"
            )

    def rehash(self) -> None:
        if settings.HASH_KEY_NEXT is None:
            raise CommandError("没有设置 HASH_KEY_NEXT（新的散列密钥）。", returncode=USAGE)
        try:
            done = rehashing.rehash_all(self.connection, settings.HASH_KEY_NEXT)
        except rehashing.Refused as refusal:
            raise CommandError(f"{refusal}没有任何改动。") from refusal
        for table, rows in done.items():
            self.stdout.write(f"{table}：{rows} 条")
        self.stdout.write(
            "散列已全部改用新密钥。现在把它设为 HASH_KEY，去掉 HASH_KEY_NEXT，再启动。"
        )

    def retire(self, number: int) -> None:
        if number == newest_key_id():
            raise CommandError(f"密钥 {number} 是最新的，正在封存新值，不能去掉。")
        found = {
            place: counts[number] for place, counts in self.counted().items() if counts[number]
        }
        if found:
            told = "、".join(f"{place} {count} 个" for place, count in found.items())
            raise CommandError(f"密钥 {number} 还不能去掉，还封存着：{told}。")
        self.stdout.write(
            f"没有值由密钥 {number} 封存，可以从 FIELD_KEYS 去掉；备份还要恢复的，密钥随备份一起保存。"
        )
