"""Persons who are not in the register: typed once, found again by name, pinyin, number or phone."""

from django.db import models

from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.pinyin import name_keys
from residents.id_numbers import IdKind

DERIVED = ("pinyin", "name_keys", "number_hash", "number_tail_hash", "phone_tail_hash")


class OutsidePerson(models.Model):
    """What identifies such a person. What is derived follows at each save; bulk loads call ``derive``."""

    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField(max_length=240, editable=False, db_index=True)
    name_keys = models.TextField(editable=False)
    id_kind = models.CharField("证件类型", max_length=24, choices=IdKind, blank=True)
    number = EncryptedTextField("证件号码", purpose="id", blank=True)
    number_hash = models.CharField(max_length=32, editable=False, null=True)
    number_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    phone_tail_hash = models.CharField(max_length=32, editable=False, null=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *DERIVED}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def masked_number(self) -> str:
        return masks.mask_id(self.number)

    @property
    def masked_phone(self) -> str:
        return masks.mask_phone(self.phone)

    def derive(self) -> None:
        """Set what follows from name, number and phone."""
        keys = name_keys(self.name)
        self.pinyin, self.name_keys = keys.pinyin, keys.search
        self.number_hash = keyed_hash(self.number, "id") if self.number else None
        self.number_tail_hash = keyed_hash(self.number[-4:], "id4") if self.number else None
        self.phone_tail_hash = keyed_hash(self.phone[-4:], "phone4") if self.phone else None
