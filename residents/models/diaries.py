"""民情日记: what a member of staff heard among people, and whom they met."""

from django.db import models
from django.db.models import Q

from portal.records import Record
from residents.models.people import Resident
from residents.models.shared import domains_field, tagged


class Diary(Record):
    """One day's page of one author."""

    tags = "domains"
    carries = ("contacts",)

    author = models.CharField("记录人", max_length=50)
    place = models.CharField("地点", max_length=80, blank=True)
    met = models.CharField(
        "见到的人", max_length=200, blank=True, help_text="未登记的居民写在这里。"
    )
    heard = models.TextField("听到的情况", max_length=2000)
    done = models.TextField("怎么办的", max_length=1000, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "民情日记"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="diary_unit_day")]
        constraints = [tagged("diary_is_tagged")]

    def __str__(self):
        return f"{self.occurred_on} {self.author}"


class DiaryContact(Record):
    """A resident whom the author met; the day is the diary's."""

    tags = "diary__domains"

    diary = models.ForeignKey(
        Diary, models.PROTECT, related_name="contacts", verbose_name="民情日记"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="diary_contacts", verbose_name="居民"
    )

    class Meta:
        verbose_name = "日记见面"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="diarycontact_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["diary", "resident"],
                condition=Q(deleted_at__isnull=True),
                name="diarycontact_once",
                violation_error_message="这位居民已写在这篇日记里。",
            ),
        ]

    def __str__(self):
        return f"{self.diary} {self.resident}"
