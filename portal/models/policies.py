"""Changes of security policies: what holds is the last one of each name."""

from django.db import models

from portal.wall.classes import Exempt


class PolicyQuerySet(models.QuerySet):
    def _last(self):
        return self.order_by("name", "-number").distinct("name")

    def in_force(self) -> dict[str, int]:
        """The values that are not the default, by name."""
        return {
            name: value
            for name, value in self._last().values_list("name", "value")
            if value is not None
        }

    def latest_changes(self) -> dict[str, "SecurityPolicy"]:
        return {each.name: each for each in self._last().select_related("changed_by")}


class SecurityPolicy(models.Model):
    """One change, never altered: the web role may only add. ``value`` None is the default again.

    ``number`` counts the changes of a name from 1, so that of two at once one fails.
    """

    wall = Exempt(
        "read at sign-in, before a scope exists; holds no unit's data",
        web="SELECT, INSERT",
        audited=True,
    )

    name = models.CharField("策略", max_length=40)
    number = models.PositiveIntegerField("次序")
    value = models.IntegerField("取值", null=True, blank=True)
    reason = models.CharField("理由", max_length=300)
    changed_by = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="修改人"
    )
    changed_at = models.DateTimeField("修改时间", auto_now_add=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "安全策略"
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="security_policy_once"),
        ]

    def __str__(self):
        return f"{self.name} {self.number}"
