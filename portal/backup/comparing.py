"""Facts of the backup against those of what was restored: a table of PASS and FAIL."""

from collections.abc import Iterable
from dataclasses import dataclass

TITLES = {
    "policies": "隔离策略 policies",
    "forced": "强制隔离的表 FORCE RLS",
    "triggers": "触发器 triggers",
    "constraints": "约束 constraints",
    "indexes": "索引 indexes",
    "columns": "列 columns",
    "functions": "函数 functions",
    "owners": "所有者 owners",
    "grants": "授权 grants",
}


@dataclass(frozen=True)
class Line:
    title: str
    expected: str
    found: str
    passed: bool

    def __str__(self) -> str:
        mark = "PASS" if self.passed else "FAIL"
        found = "" if self.passed else f"    实际 found: {self.found}"
        return f"{mark}  {self.title}: {self.expected}{found}"


def same(title: str, expected, found) -> Line:
    return Line(title, str(expected), str(found), expected == found)


def compare(before: dict, after: dict) -> list[Line]:
    """All lines, those of single tables only where they differ."""
    return [
        *_tables(before["tables"], after["tables"]),
        *(
            _schema(name, fact, after["schema"].get(name))
            for name, fact in before["schema"].items()
        ),
        _sequences(before["sequences"], after["sequences"]),
        *_files(before["files"], after["files"]),
        _audit(before["audit_head"], after["audit_head"]),
        same("迁移 migrations", len(before["migrations"]), len(after["migrations"]))
        if len(before["migrations"]) != len(after["migrations"])
        else Line(
            "迁移 migrations",
            str(len(before["migrations"])),
            "内容不同",
            before["migrations"] == after["migrations"],
        ),
    ]


def _tables(before: dict, after: dict) -> Iterable[Line]:
    yield same("表 tables", len(before), len(after))
    yield same("行 rows", total(before), total(after))
    wrong = [name for name in before if before[name] != after.get(name)]
    yield Line(
        "每表 md5 of each table", f"{len(before)} 张", f"{len(wrong)} 张不同", passed=not wrong
    )
    for name in wrong:
        found = after.get(name)
        yield Line(
            f"  {name}", _rows(before[name]), _rows(found) if found else "没有这张表", passed=False
        )


def total(tables: dict) -> int:
    return sum(fact["rows"] for fact in tables.values())


def _rows(fact: dict) -> str:
    return f"{fact['rows']} 行 {fact['md5'][:12]}"


def _schema(name: str, expected: dict, found: dict | None) -> Line:
    told = f"{found['count']} {(found['md5'] or '')[:12]}" if found else "没有"
    return Line(TITLES.get(name, name), str(expected["count"]), told, expected == found)


def _sequences(before: dict, after: dict) -> Line:
    """Numbers drawn while the dump ran are in it: a sequence may stand further, never further back."""
    behind = [name for name, value in before.items() if after.get(name, -1) < value]
    return Line("序列 sequences", str(len(before)), f"落后 {', '.join(behind)}", passed=not behind)


def _files(before: dict, after: dict) -> Iterable[Line]:
    for name, fact in before.items():
        found = after.get(name) or {"count": 0, "wrong": 0, "md5": None}
        yield Line(
            f"文件与校验码 {name}",
            f"{fact['count']} 份",
            f"{found['count']} 份，{found['wrong']} 份与校验码不符",
            passed=fact == found and not found["wrong"],
        )


def _audit(expected: list | None, found: list | None) -> Line:
    told = [f"{head[0]} 条 {head[2][:16]}" if head else "尚未封存" for head in (expected, found)]
    return Line("日志链头 audit chain head", *told, expected == found)
