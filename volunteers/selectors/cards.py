"""志愿者证 and the letter of welcome: what they say of a volunteer."""

import base64
import logging
from dataclasses import dataclass
from datetime import date

from portal.attachments.services import thumbnail_of
from portal.attachments.vault import Missing
from portal.crypto import CannotOpen
from portal.models import Attachment
from portal.pdf.qr import qr_uri
from volunteers.models import HoursRule, Volunteer
from volunteers.selectors.hours import rules_of
from volunteers.selectors.links import personal_code, personal_path

log = logging.getLogger(__name__)
LONG_NAME, LONGER_NAME = 5, 12  # characters from which a card sets the name smaller


@dataclass(frozen=True)
class Card:
    """``qr`` and ``code`` are the volunteer's own way in; ``photo`` is "" where none was handed in."""

    volunteer: Volunteer
    unit: str
    qr: str
    code: str
    photo: str

    name = property(lambda self: self.volunteer.called)
    number = property(lambda self: self.volunteer.serial_number)
    joined_on = property(lambda self: self.volunteer.joined_on)

    @property
    def fit(self) -> str:
        """The class by which the name fits its line."""
        length = len(self.name)
        return "longer" if length > LONGER_NAME else "long" if length > LONG_NAME else ""


def cards_of(volunteers, absolute, day: date) -> list[Card]:
    """A card for each; ``absolute`` makes an address of a path."""
    photos = _photos(volunteers)
    return [
        Card(
            volunteer,
            volunteer.unit.name_on(day),
            qr_uri(absolute(personal_path(volunteer))),
            personal_code(volunteer.pk, volunteer.link_serial),
            photos.get(volunteer.pk, ""),
        )
        for volunteer in volunteers
    ]


def _photos(volunteers) -> dict[int, str]:
    """The newest photo of each person, as a data URI."""
    rows = Attachment.objects.filter(
        subject=Volunteer._meta.label_lower,
        subject_id__in=[volunteer.pk for volunteer in volunteers],
        purpose=Attachment.Purpose.PORTRAIT,
        deleted_at__isnull=True,
    )
    newest = {row.subject_id: row for row in rows.order_by("pk")}
    return {key: uri for key, row in newest.items() if (uri := _uri(row))}


def _uri(row) -> str:
    try:
        content = thumbnail_of(row)
    except (Missing, CannotOpen):
        log.exception("portrait %s cannot be printed", row.pk)
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"


@dataclass(frozen=True)
class Welcome:
    """The letter to one volunteer, with the rule by which their hours are kept."""

    card: Card
    rule: HoursRule

    @property
    def daily_hours(self) -> str:
        hours = self.rule.daily_minutes / 60
        return f"{hours:g}"

    @property
    def stars(self) -> str:
        """一星级 100 小时、二星级 300 小时 …"""
        words = "一二三四五"
        hours = (self.rule.one, self.rule.two, self.rule.three, self.rule.four, self.rule.five)
        return "、".join(f"{word}星级 {each} 小时" for word, each in zip(words, hours, strict=True))


def welcomes_of(volunteers, absolute, day: date) -> list[Welcome]:
    """A letter for each; the rules of all their units are read at once."""
    rule_of = rules_of({v.unit_id: v.unit for v in volunteers}.values())
    return [
        Welcome(card, rule_of(card.volunteer.unit, day))
        for card in cards_of(volunteers, absolute, day)
    ]
