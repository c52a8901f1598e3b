"""What the tests of volunteers' own pages share: a phone that comes in by the link."""

from volunteers.selectors.links import personal_code

ENTER = "/public/volunteers/me/enter/"
ME = "/public/volunteers/me/"


def text_of(response) -> str:
    return response.content.decode()


def code_of(person) -> str:
    return personal_code(person.pk, person.link_serial)


def enter(client, person, **fields):
    """Number and code as the card has them; the phone is remembered."""
    data = {"number": person.serial_number, "code": code_of(person), "keep": "on"} | fields
    return client.post(ENTER, data)
