"""Residents: one row for each person."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.pinyin import name_keys
from portal.scope import current_scope
from residents.ages import age_on
from residents.enums import (
    Education,
    Employment,
    MaritalStatus,
    Politics,
    Residency,
    Sex,
)
from residents.ethnic_groups import ETHNIC_GROUPS
from residents.id_numbers import IdFault, IdKind, id_faults, twin_key
from residents.models.shared import SharedKept, unit_ids_index


class OnePerson(ExclusionConstraint):
    """One number, one person: the number of a record that was merged stays its survivor's, so that
    nobody can be registered with it again, be it out of sight."""

    def validate(self, model, instance, exclude=None, using=None):
        """Left to the database: the form asks in words of its own, an import for thousands of rows."""


class Resident(SharedKept):
    """A person. ID and phone are sealed; equal ones are found by keyed hash, whole or last four.

    The hashes and the pinyin keys follow from the clear values at each save. ``residency`` and
    ``grid`` are those of the open spell, kept equal by the database (ADR 13); ``died_on`` is set by
    the event alone.
    """

    carries = ("spells", "memberships", "life_events", "pairs_as_first", "pairs_as_second")

    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField(max_length=200, editable=False, db_index=True)
    name_keys = models.TextField(editable=False)
    id_kind = models.CharField("证件类型", max_length=24, choices=IdKind, default=IdKind.CITIZEN)
    id_number = EncryptedTextField("证件号码", purpose="id", blank=True)
    id_hash = models.CharField(max_length=32, editable=False, null=True)
    id_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    id_twin_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    id_faults = ArrayField(
        models.CharField(max_length=8, choices=IdFault), editable=False, default=list
    )
    no_id_reason = models.CharField(
        "无证件原因", max_length=40, blank=True, help_text="如：新生儿未落户、无户口、拒报。"
    )
    sex = models.PositiveSmallIntegerField("性别", choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnic_group = models.CharField(
        "民族", max_length=2, choices=ETHNIC_GROUPS, default="01", blank=True
    )
    former_name = models.CharField("曾用名", max_length=50, blank=True)
    nationality = models.CharField(
        "国籍（地区）", max_length=40, blank=True, help_text="境外人员填写，如：意大利、中国香港。"
    )
    education = models.CharField("学历", max_length=2, choices=Education, blank=True)
    marital_status = models.CharField("婚姻状况", max_length=2, choices=MaritalStatus, blank=True)
    politics = models.CharField("政治面貌", max_length=2, choices=Politics, blank=True)
    employment = models.CharField("就业状况", max_length=16, choices=Employment, blank=True)
    workplace = models.CharField("工作（就学）单位", max_length=80, blank=True)
    id_converted = models.BooleanField("号码由15位换算", default=False, editable=False)
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    second_phone = EncryptedTextField("其他电话", purpose="phone", blank=True)
    contact_name = models.CharField("紧急联系人", max_length=50, blank=True)
    contact_phone = EncryptedTextField("紧急联系人电话", purpose="phone", blank=True)
    phone_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    phone_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    registered_address = models.CharField("户籍地址", max_length=120, blank=True)
    address = models.CharField("现居住地址", max_length=120, blank=True)
    residency = models.CharField(
        "居住状态", max_length=12, choices=Residency, default=Residency.HERE
    )
    grid = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    note = models.CharField("备注", max_length=200, blank=True)
    died_on = models.DateField("死亡日期", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="absorbed"
    )

    class Meta:
        verbose_name = "居民"
        indexes = [
            unit_ids_index("resident_unit_ids"),
            models.Index(fields=["unit", "pinyin"], name="resident_unit_pinyin"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_hash"],
                condition=Q(deleted_at__isnull=True),
                name="resident_id_once",
                violation_error_message="这个证件号码已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(id_hash__isnull=False) | ~Q(no_id_reason=""),
                name="resident_id_or_reason",
                violation_error_message="没有证件号码的，请填写无证件原因。",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True)
                | Q(born_on__isnull=True)
                | Q(died_on__gte=F("born_on")),
                name="resident_dies_after_birth",
                violation_error_message="死亡日期不能早于出生日期。",
            ),
            OnePerson(
                name="resident_number_one_person",
                expressions=[
                    ("id_hash", RangeOperators.EQUAL),
                    (Coalesce("merged_into", "id"), RangeOperators.NOT_EQUAL),
                ],
                condition=Q(deleted_at__isnull=True) | Q(merged_into__isnull=False),
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False),
                name="resident_merged_is_deleted",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_here(self) -> bool:
        """Whether a unit of the present scope is the one that keeps the person now."""
        return self.unit_id in current_scope().units

    @property
    def masked_id(self) -> str:
        return masks.mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return masks.mask_phone(self.phone)

    def age_on(self, day) -> int | None:
        """Whole years (周岁) on ``day``; None without a birth date."""
        return age_on(self.born_on, day)

    @property
    def age(self) -> int | None:
        return self.age_on(timezone.localdate())

    def derive(self) -> None:
        """Set what follows from name, ID and phone; save() calls it, bulk loads must."""
        keys = name_keys(self.name)
        self.pinyin, self.name_keys = keys.pinyin, keys.search
        self.id_hash = keyed_hash(self.id_number, "id") if self.id_number else None
        self.id_tail_hash = keyed_hash(self.id_number[-4:], "id4") if self.id_number else None
        twin = twin_key(self.id_number) if self.id_number else ""
        self.id_twin_hash = keyed_hash(twin, "id-twin") if twin else None
        self.id_faults = id_faults(self.id_kind, self.id_number, self.sex, self.born_on)
        self.phone_hash = keyed_hash(self.phone, "phone") if self.phone else None
        self.phone_tail_hash = keyed_hash(self.phone[-4:], "phone4") if self.phone else None

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *DERIVED}
        super().save(*args, update_fields=update_fields, **kwargs)


DERIVED = (
    "pinyin",
    "name_keys",
    "id_hash",
    "id_tail_hash",
    "id_twin_hash",
    "id_faults",
    "phone_hash",
    "phone_tail_hash",
)
