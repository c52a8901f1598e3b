"""Letters of residents: keeping one that comes in, and closing it."""

import json

from django.core.exceptions import ValidationError

from portal.attachments.services import Checked
from portal.crypto import decrypt_bytes, encrypt_bytes
from portal.intake import services as intake
from portal.intake.services import Answer
from servicecenter.models.public import MOST_BYTES, Letter

FILES = b"letter files"
MOST_FILES = 3


def receive(letter: Letter, files: list[Checked]) -> str:
    """Keep a letter with its files, whole or not at all; its registration code. Raises ValidationError."""
    letter.files, letter.files_count = (packed(files) if files else None), len(files)
    if letter.files and len(letter.files) > MOST_BYTES:
        raise ValidationError("附件合起来太大，请减少几个或拍小一些。")
    return intake.receive(letter)


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


def answer(letter: Letter, result: Answer) -> Letter:
    """Close a letter as it was loaded; files that went elsewhere are kept there alone."""
    if result.became is not None:
        letter.files = None
    return intake.answer(letter, result, "files")
