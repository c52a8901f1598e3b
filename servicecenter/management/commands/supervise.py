"""``supervise``: raise, step up and close 督办 now instead of at the next quarter of the hour."""

from django.core.management.base import BaseCommand

from servicecenter.services.supervision_rounds import run_everywhere


class Command(BaseCommand):
    help = "按办件的情况自动发出、升级和销号督办；再运行一次不会重复。"

    def handle(self, **options):
        done = run_everywhere("command:supervise")
        self.stdout.write(
            f"{done['raised']} raised, {done['escalated']} stepped up, {done['closed']} closed."
        )
