"""Running numbers without gaps: of a unit, in a series, by year."""

from django.db import connection, models

from portal.wall.classes import Own

# One statement: the row stays locked until the caller's transaction ends, so a rollback leaves no gap.
_NEXT = """
    INSERT INTO portal_serial (unit_id, series, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (unit_id, series, year) DO UPDATE SET last = portal_serial.last + 1
    RETURNING last
"""
_USED = """
    INSERT INTO portal_serial (unit_id, series, year, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (unit_id, series, year)
    DO UPDATE SET last = greatest(portal_serial.last, excluded.last)
"""


class Serial(models.Model):
    """The last number that a unit gave in a series in a year; a series that runs on over the years
    has the year 0."""

    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+")
    series = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "year"], name="serial_once"),
        ]

    def __str__(self):
        return f"{self.unit} {self.series} {self.year} {self.last}"


def last_serial(unit, series: str, year: int = 0) -> int:
    """The last number given; 0 before the first."""
    found = Serial.objects.filter(unit=unit, series=series, year=year)
    return found.values_list("last", flat=True).first() or 0


def next_serial(unit, series: str, year: int = 0) -> int:
    """The next number. Call it last before saving: others of the series wait from here on."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit.pk, series, year])
        return cursor.fetchone()[0]


def keep_serial(unit, series: str, number: int, year: int = 0) -> None:
    """A paper register used this number: those given from now on go on after it."""
    with connection.cursor() as cursor:
        cursor.execute(_USED, [unit.pk, series, year, number])
