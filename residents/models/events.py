"""人口变动: what happened in a person's life, and what it did to their residency spell."""

from django.db import models
from django.db.models import Q

from portal.records import Record
from residents.life_events import LifeEventKind
from residents.models.people import Resident
from residents.models.spells import ResidencySpell


class LifeEvent(Record):
    """One event, made by ``residents.events.record_event``; ``occurred_on`` is its day.

    ``closed_spell`` and ``opened_spell`` are what it ended and began. An ``adopted`` spell stood
    there before: the event only says how it began.
    """

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="life_events", verbose_name="居民"
    )
    kind = models.CharField("变动类型", max_length=20, choices=LifeEventKind)
    from_place = models.CharField("从何处来", max_length=120, blank=True)
    to_place = models.CharField("到何处去", max_length=120, blank=True)
    document_number = models.CharField(
        "文书编号", max_length=60, blank=True, help_text="如准迁证、死亡证明、出生医学证明的编号。"
    )
    note = models.CharField("备注", max_length=200, blank=True)
    closed_spell = models.ForeignKey(
        ResidencySpell, models.PROTECT, null=True, editable=False, related_name="ended_in"
    )
    opened_spell = models.ForeignKey(
        ResidencySpell, models.PROTECT, null=True, editable=False, related_name="begun_in"
    )
    adopted = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "人口变动"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="lifeevent_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "resident", "kind", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="lifeevent_once",
                violation_error_message="这次变动已登记过。",
            ),
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(
                    deleted_at__isnull=True, kind__in=[LifeEventKind.BORN, LifeEventKind.DIED]
                ),
                name="lifeevent_born_and_dies_once",
                violation_error_message="这位居民的出生或死亡已登记过。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.get_kind_display()} {self.resident}"
