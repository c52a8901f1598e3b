"""``duplicates``: look for records of one person kept twice, now instead of tonight."""

from time import monotonic

from django.core.management.base import BaseCommand

from residents.duplicates.running import find_everywhere


class Command(BaseCommand):
    help = "Brings the review queue of possible duplicates up to date. Again: no change."

    def handle(self, **options):
        started = monotonic()
        found = find_everywhere("command:duplicates")
        self.stdout.write(
            f"{found.pairs} pairs look alike: {found.new} new, {found.dropped} left the queue"
            f" ({monotonic() - started:.1f} s)."
        )
