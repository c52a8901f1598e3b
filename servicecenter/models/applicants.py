"""Applicants who are not in the register: people from elsewhere, firms and other bodies."""

from django.db import models
from django.db.models import Q

from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.pinyin import name_keys
from residents.id_numbers import IdKind
from servicecenter.enums.cases import OutsiderKind
from servicecenter.models.base import OurKept


class Outsider(OurKept):
    """Typed once, found again by name, pinyin, whole number or its last four.

    ``number`` is the ID of a person, the 统一社会信用代码 of a body. What is derived follows at
    each save.
    """

    kind = models.CharField(
        "类型", max_length=12, choices=OutsiderKind, default=OutsiderKind.PERSON
    )
    name = models.CharField("姓名（名称）", max_length=60)
    pinyin = models.CharField(max_length=240, editable=False, db_index=True)
    name_keys = models.TextField(editable=False)
    id_kind = models.CharField(
        "证件类型", max_length=24, choices=IdKind, blank=True, help_text="个人填写。"
    )
    number = EncryptedTextField(
        "证件号码", purpose="id", blank=True, help_text="企业和组织填统一社会信用代码。"
    )
    number_hash = models.CharField(max_length=32, editable=False, null=True)
    number_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    contact = models.CharField("联系人", max_length=50, blank=True, help_text="企业和组织填写。")
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    phone_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    address = models.CharField("地址", max_length=120, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "辖区外申请人"
        ordering = ["pinyin", "pk"]
        indexes = [models.Index(fields=["unit", "pinyin"], name="outsider_unit_pinyin")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number_hash"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_outsider_once",
                violation_error_message="这个证件号码的申请人已经登记过。",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def masked_number(self) -> str:
        return masks.mask_id(self.number)

    @property
    def masked_phone(self) -> str:
        return masks.mask_phone(self.phone)

    def derive(self) -> None:
        """Set what follows from name, number and phone; save() calls it, bulk loads must."""
        keys = name_keys(self.name)
        self.pinyin, self.name_keys = keys.pinyin, keys.search
        self.number_hash = keyed_hash(self.number, "id") if self.number else None
        self.number_tail_hash = keyed_hash(self.number[-4:], "id4") if self.number else None
        self.phone_tail_hash = keyed_hash(self.phone[-4:], "phone4") if self.phone else None

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            derived = ("pinyin", "name_keys", "number_hash", "number_tail_hash", "phone_tail_hash")
            update_fields = {*update_fields, *derived}
        super().save(*args, update_fields=update_fields, **kwargs)
