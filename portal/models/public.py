"""How often somebody asked without signing in."""

from django.db import models

from portal.wall.classes import Exempt


class PublicTry(models.Model):
    """One question from outside; written by ``portal_public_try`` alone, dropped after two days.

    ``who`` is a keyed hash, of an address or of what was asked for.
    """

    wall = Exempt(
        "written before any unit is known; holds keyed hashes and times", "SELECT, DELETE"
    )

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "公开页面查询次数"
        indexes = [models.Index(fields=["what", "who", "at"], name="publictry_who_at")]

    def __str__(self):
        return f"{self.what} {self.at}"
