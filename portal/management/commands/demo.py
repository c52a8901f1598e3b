"""``demo``: load the demo street; ``--case s1``: load one example workbook into its own unit."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from portal.demo import cases, clearing, world
from portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, demo_accounts
from portal.models import Unit


class Command(BaseCommand):
    help = "Builds invented data, the same every time. Again: no change."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=float, default=1.0, help="1 is about 30,000 residents")
        parser.add_argument("--accounts", action="store_true", help="only print the accounts")
        parser.add_argument("--case", choices=sorted(cases.CASES), help="load one example workbook")
        parser.add_argument("--clear", action="store_true", help="take all sample data away again")
        parser.add_argument("--force", action="store_true", help="also beside other units")

    def handle(self, *, scale, accounts, case, clear, force, **options):
        if clear:
            return self.clear()
        if accounts:
            return self.print_accounts()
        if case:
            self.stdout.write(cases.load_case(case, self.stdout))
            return None
        if not 0 < scale <= 1000:
            raise CommandError("--scale must be between 0 and 1000.", returncode=2)
        if world.exists():
            self.stdout.write(f"The demo street {world.STREET[1]} is there already: no change.")
            return None
        case_codes = cases.unit_codes()
        if not force and Unit.objects.exclude(code__in=case_codes).exists():
            raise CommandError(
                "This database holds units that are not demo data; demo records do not belong "
                "beside real ones. Use an empty database, or --force if you are sure."
            )
        started = monotonic()
        world.build(scale, self.stdout.write)
        self.stdout.write(f"Demo data built in {monotonic() - started:.1f} s.")
        return None

    def clear(self):
        removed = clearing.clear()
        self.stdout.write(f"Sample data removed: {removed.total()} rows of {len(removed)} tables.")

    def print_accounts(self):
        found = demo_accounts()
        if not found:
            raise CommandError("There are no demo accounts; run `demo` first.")
        width = max(len(account.username) for account in DEMO_ACCOUNTS)
        self.stdout.write(f"Demo accounts, password {DEMO_PASSWORD}:")
        for account in found:
            self.stdout.write(
                f"  {account['username']:<{width}}  {account['role']} · {account['unit']}"
            )
