"""What the records of volunteer work have in common."""

from portal.records import Kept, Record


class OurKept(Kept):
    """Something that lasts: an organisation, a volunteer, a placement."""

    domain = "volunteers"

    class Meta:
        abstract = True


class OurRecord(Record):
    """Something that happened in volunteer work on a day."""

    domain = "volunteers"

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]
