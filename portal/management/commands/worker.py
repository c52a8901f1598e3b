"""``worker``: run jobs from the queue; refuses to start behind a wall that is not as it should be."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.imports import jobs
from portal.wall.guard import refuse_unsafe_start


class Command(BaseCommand):
    help = "Runs jobs until it is told to stop (SIGINT, SIGTERM)."

    def handle(self, **options):
        refuse_unsafe_start()
        jobs.resume()
        call_command("procrastinate", "worker")
