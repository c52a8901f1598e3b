"""Letters of residents: keeping one that comes in, and closing it."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.utils import timezone

from portal.attachments.services import Checked
from portal.codes import code_from
from portal.crypto import decrypt_bytes, encrypt_bytes, keyed_hash
from servicecenter.enums.public import LetterState
from servicecenter.models.public import MOST_BYTES, Letter
from servicecenter.selectors.receipts import hash_of_registration

FILES = b"letter files"
MOST_FILES = 3


def registration_code(form_key: UUID) -> str:
    """What the sender follows the letter by; a form sent twice has it twice."""
    return code_from(keyed_hash(str(form_key), "registration"))


def receive(letter: Letter, files: list[Checked]) -> str:
    """Keep a letter as the public role, whole or not at all; its registration code.

    The same form sent again changes nothing and has the same code. Raises ValidationError.
    """
    code = registration_code(letter.form_key)
    letter.code_hash = hash_of_registration(code)
    letter.occurred_on = timezone.localdate()
    letter.files, letter.files_count = (packed(files) if files else None), len(files)
    if letter.files and len(letter.files) > MOST_BYTES:
        raise ValidationError("附件合起来太大，请减少几个或拍小一些。")
    letter.derive()
    # Not save(): that asks for the new key, which the role may not read.
    columns = [field for field in Letter._meta.local_concrete_fields if not field.primary_key]
    Letter._base_manager._insert(
        [letter], fields=columns, using="default", on_conflict=OnConflict.IGNORE
    )
    return code


def packed(files: list[Checked]) -> bytes:
    """The files as one sealed value: a line of JSON that tells them apart, then their bytes."""
    told = [
        {"type": f.media_type, "pages": f.pages, "sizes": [len(f.content), len(f.thumbnail)]}
        for f in files
    ]
    body = b"".join(part for f in files for part in (f.content, f.thumbnail))
    return encrypt_bytes(json.dumps(told).encode() + b"\n" + body, FILES)


def files_of(letter: Letter) -> list[Checked]:
    if not letter.files:
        return []
    head, _, body = decrypt_bytes(bytes(letter.files), FILES).partition(b"\n")
    found, place = [], 0
    for told in json.loads(head):
        middle, end = place + told["sizes"][0], place + sum(told["sizes"])
        found.append(Checked(body[place:middle], body[middle:end], told["type"], told["pages"]))
        place = end
    return found


@dataclass(frozen=True)
class Answer:
    """What becomes of a letter: the record that it became, or the reason for sending it back."""

    became: Model | None = None
    reason: str = ""


@transaction.atomic
def answer(letter: Letter, result: Answer) -> Letter:
    """Close a letter as it was loaded; files that went elsewhere are kept there alone.

    Raises ValidationError for one that is closed already or sent back without a reason, StaleRecord.
    """
    if letter.state != LetterState.SENT:
        raise ValidationError("这件已经处理过。")
    if result.became is None and not result.reason.strip():
        raise ValidationError({"reason": "请写明退回的原因，来件人会看到。"})
    letter.answered_on = timezone.localdate()
    changed = ["state", "answered_on", "answer", "became_key"]
    if result.became is None:
        letter.state, letter.answer = LetterState.DECLINED, result.reason.strip()
    else:
        letter.state, letter.became_key = LetterState.TAKEN, result.became.pk
        letter.files = None
        changed.append("files")
    letter.save(update_fields=changed)
    return letter
