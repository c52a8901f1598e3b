"""A plain record of a domain of its own: lending out umbrellas."""

from django.db import models

from portal.records import Record


class Loan(Record):
    """An umbrella lent to somebody."""

    domain = "servicecenter"

    borrower = models.CharField("借伞人", max_length=50)
    umbrellas = models.PositiveIntegerField("把数", default=1)

    class Meta:
        verbose_name = "借伞"

    def __str__(self):
        return self.borrower
