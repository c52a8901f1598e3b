"""What the records of the one-stop service agency have in common."""

from portal.records import Kept, Record


class OurKept(Kept):
    """Something that lasts: an item, a hall, an agent."""

    domain = "servicecenter"

    class Meta:
        abstract = True


class OurRecord(Record):
    """Something that happened in the agency's work on a day."""

    domain = "servicecenter"

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]
