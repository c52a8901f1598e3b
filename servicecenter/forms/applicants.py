"""The form of an applicant who is not in the register."""

import re

from django.core.exceptions import ValidationError

from portal.ledgers.forms import LedgerForm
from portal.text import clean_name
from residents.id_numbers import normalise, parse_id
from servicecenter.enums.cases import OutsiderKind

# 统一社会信用代码 (GB 32100-2015): 17 characters and a check character, modulo 31.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FORMER = re.compile(r"\d{15}")  # 注册号, before 2015


def checked_code(text: str) -> str:
    """The code of a body; raises ValidationError where it breaks the rule of its kind."""
    if FORMER.fullmatch(text):
        return text
    if len(text) != 18 or set(text) - set(ALPHABET):
        raise ValidationError("统一社会信用代码为 18 位数字和大写字母（没有 I、O、S、V、Z）。")
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    if ALPHABET[-total % 31] != text[17]:
        raise ValidationError("统一社会信用代码的校验位不对，请核对。")
    return text


class OutsiderForm(LedgerForm):
    """The number of a person is checked as the register checks it, that of a body by its own rule."""

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        try:
            number = normalise(data.get("number") or "")
            if kind == OutsiderKind.PERSON:
                if number:
                    found = parse_id(data.get("id_kind") or None, number)
                    number, data["id_kind"] = found.number, found.kind
            else:
                data["id_kind"] = ""
                number = checked_code(number) if number else ""
        except ValidationError as error:
            self.add_error("number", error.messages[0])
            return data
        data["number"] = number
        if kind == OutsiderKind.PERSON and data.get("name"):
            try:
                data["name"] = clean_name(data["name"])
            except ValidationError as error:
                self.add_error("name", error.messages[0])
        return data

    def check_record(self):
        self.instance.derive()
        super().check_record()
