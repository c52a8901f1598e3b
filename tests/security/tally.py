"""The figures of a fuzz run put together: ``python -m tests.security.tally FILE`` of lines that test_fuzz.py kept."""

import json
import sys
from collections import Counter
from pathlib import Path


def tally(lines: list[str]) -> tuple[str, int]:
    """(what to print, how many faults)."""
    parts = [json.loads(line) for line in lines]
    statuses, methods, routes, accepting = Counter(), Counter(), set(), set()
    for part in parts:
        statuses.update(part["by_status"])
        methods.update(part["by_method"])
        routes.update(part["routes"])
        accepting.update(part["routes_accepting"])
    faults = sum(len(part["faults"]) for part in parts)
    slowest = max((tuple(part["slowest"]) for part in parts), default=(0.0, "nothing was sent"))
    told = [
        ("requests", sum(part["requests"] for part in parts)),
        ("URLs", len(routes)),
        *((f"method {name}", count) for name, count in methods.most_common()),
        *((f"answered {status}", count) for status, count in sorted(statuses.items())),
        ("forms accepted", sum(part["accepted"] for part in parts)),
        ("requests that wrote rows", sum(part["stored"] for part in parts)),
        ("URLs that wrote rows", len(accepting)),
        ("slowest", f"{slowest[0]:.2f} s, {slowest[1]}"),
        (
            "seconds of processor",
            f"{sum(part['processor'] for part in parts):.0f} without the database",
        ),
        ("faults", faults),
    ]
    return "\n".join(f"{name:<26}{value}" for name, value in told), faults


def main() -> int:
    file = Path(sys.argv[1])
    told, faults = tally(file.read_text().splitlines() if file.exists() else [])
    print(told)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
