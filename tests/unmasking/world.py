"""A community in which every row that can hold a number of a person holds one, and what to look for."""

import io
import re
import uuid
import zipfile
from datetime import date

import pypdfium2 as pdfium
from django.apps import apps
from django.db import DatabaseError, transaction

from portal import masks
from portal.fields import EncryptedTextField
from servicecenter.enums.public import LetterKind
from servicecenter.models import Letter
from tests.factories.people import id_number
from tests.factories.reception import reception
from volunteers.models import VolunteerApplication

WHOLE_PAPERS = {"content"}  # a frozen certificate of service, no number
SHORTEST = 7  # characters; a shorter one says nothing of a person


def sealed_numbers():
    """(model, field) of every column that holds an ID, phone, certificate or bank number."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, EncryptedTextField) or field.name in WHOLE_PAPERS:
                continue
            if field.purpose in masks.BY_PURPOSE:
                yield model, field


def canary(field, number: int) -> str:
    """A number of the field's kind that no other row holds."""
    return {
        "phone": f"139{70_000_000 + number}",
        "bank": f"62170000{number:011d}",
        "id": f"4401031980{number:08d}",
        "certificate": f"4401031980{number:010d}",
    }[field.purpose]


def letters_to(unit) -> dict:
    """What came in without sign-in, by ledger."""
    came = {"unit": unit, "occurred_on": date(2025, 3, 4), "name": "金丝雀", "consented": True}

    def keys():
        key = uuid.uuid4()
        number = {
            "id_kind": "citizen",
            "id_number": id_number(),
            "phone": f"139{key.int % 10**8:08}",
        }
        return {"form_key": key, "code_hash": key.hex} | number

    letter = came | {"content": "咨询"}
    applied = {"sex": 1, "born_on": date(1970, 5, 17), "guardian_phone": "13900002222"}
    reception(unit, phone="13900003333")
    return {
        "online-applications": Letter.objects.create(
            kind=LetterKind.APPLICATION, item_key=1, item_name="办证", **letter, **keys()
        ),
        "volunteer-applications": VolunteerApplication.objects.create(**came, **applied, **keys()),
    }


def fill_gaps() -> None:
    """Give a number to every column that has none, where the row's rules allow it."""
    number = 0
    for model, field in sealed_numbers():
        for row in model._default_manager.all():
            number += 1
            if getattr(row, field.name) or not field.blank:
                continue
            setattr(row, field.name, canary(field, number))
            try:
                with transaction.atomic():
                    row.save()
            except DatabaseError:
                continue


def canaries() -> dict[str, str]:
    """Every number that is stored -> the column that holds it."""
    found = {}
    for model, field in sealed_numbers():
        for value in model._default_manager.values_list(field.name, flat=True):
            if value and len(value) >= SHORTEST:
                found[str(value)] = f"{model._meta.label_lower}.{field.name}"
    return found


def text_of(answer) -> str:
    """What somebody who reads the answer can find in it: of PDF and Excel the text inside."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        pages = pdfium.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode("utf-8", "ignore") for part in parts)
    return content.decode("utf-8", "ignore")


def finder(numbers):
    """``found(text)``: which of the numbers stand in a text, whatever blanks and hyphens cut them."""
    pattern = re.compile("|".join(sorted(map(re.escape, numbers), key=len, reverse=True)))

    def found(text: str) -> set[str]:
        joined = re.sub(r"(?<=\d)[ \-\r\n](?=[\dX])", "", text)
        return {*pattern.findall(text), *pattern.findall(joined)}

    return found
