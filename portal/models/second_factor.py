"""双因素登录: what an account proves itself with beside its password."""

from django.db import models
from django.utils import timezone

from portal.fields import EncryptedTextField
from portal.models.users import User
from portal.wall.classes import Exempt


class SecondFactor(models.Model):
    """The authenticator of one account. ``secret`` is in base32; ``last_step`` is the number of the
    thirty seconds whose code was used last, so that no code is used twice."""

    wall = Exempt(
        "taken away by the administrator who resets it; the secret is sealed", audited=True
    )
    unversioned = frozenset({"last_step"})  # moves at each sign-in

    user = models.OneToOneField(
        User, models.CASCADE, related_name="second_factor", verbose_name="账号"
    )
    secret = EncryptedTextField(max_length=64, purpose="second-factor")
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField("设置时间", default=timezone.now)

    class Meta:
        verbose_name = "双因素登录"

    def __str__(self):
        return str(self.user)


class RecoveryCode(models.Model):
    """One of ten codes for the day on which the phone is lost: a keyed hash, gone once used."""

    wall = Exempt("taken away by the administrator who resets the second factor; keyed hashes")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="recovery_codes", verbose_name="账号"
    )
    code_hash = models.CharField(max_length=32)

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")
        ]

    def __str__(self):
        return str(self.user)
