"""``doctor``: looks at a running installation and says, for all that is not well, the remedy."""

import json
import sys

from django.core.management.base import BaseCommand

from portal.running.declare import Level
from portal.running.examining import everything, worst

MARKS = {Level.GOOD: "✓", Level.WARN: "!", Level.BAD: "✗"}


class Command(BaseCommand):
    help = "Checks this installation; exit code 0 when nothing is bad, 1 otherwise."
    requires_system_checks = ()  # it must speak where they would stop it

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--strict", action="store_true", help="a warning counts as bad")

    def handle(self, **options):
        found = everything()
        if options["json"]:
            self.stdout.write(json.dumps(as_data(found), ensure_ascii=False, indent=1))
        else:
            self.write(found)
        level = worst(found)
        if level is Level.BAD or (options["strict"] and level is Level.WARN):
            sys.exit(1)

    def write(self, found):
        for check, finding in found:
            self.stdout.write(f"{MARKS[finding.level]} {check.title}：{finding.told}")
            if finding.remedy:
                self.stdout.write(f"    → {finding.remedy}")
        bad = sum(finding.level is Level.BAD for _, finding in found)
        warned = sum(finding.level is Level.WARN for _, finding in found)
        self.stdout.write(f"\n{len(found)} 项检查，{bad} 项须处理，{warned} 项留意。")


def as_data(found) -> list[dict]:
    return [
        {
            "name": check.name,
            "level": finding.level.value,
            "told": finding.told,
            "remedy": finding.remedy,
        }
        for check, finding in found
    ]
