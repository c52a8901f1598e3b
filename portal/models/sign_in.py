"""What is kept about signing in: counted failures, former passwords, locks that were lifted."""

from django.db import models
from django.db.models.functions import Now

from portal.wall.classes import Exempt


class SignInTry(models.Model):
    """Failed sign-ins counted for one account, one address, both together, or one known device.

    ``who`` and ``account`` are keyed hashes: people type passwords where the user name belongs.
    ``locks`` counts locks in a row, each twice as long; of a pair ``known_at`` is its last success.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", "账号"
        ADDRESS = "address", "网络地址"
        DEVICE = "device", "用过的设备"
        PAIR = "pair", "账号和网络地址"

    wall = Exempt("counted before anybody is signed in; holds keyed hashes and times")

    kind = models.CharField("对象", max_length=8, choices=Kind)
    who = models.CharField(max_length=32)
    account = models.CharField(max_length=32, blank=True, db_index=True)
    failures = models.PositiveIntegerField("失败次数", default=0)
    since = models.DateTimeField("自", db_default=Now())
    at = models.DateTimeField("最近一次", db_default=Now(), db_index=True)
    locks = models.PositiveIntegerField("连续暂停次数", default=0)
    locked_until = models.DateTimeField("暂停至", null=True)
    known_at = models.DateTimeField("最近成功", null=True)

    class Meta:
        verbose_name = "登录失败计数"
        constraints = [
            models.UniqueConstraint(fields=["kind", "who"], name="sign_in_try_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at}"


class Unlock(models.Model):
    """A lock that an administrator lifted; never altered."""

    wall = Exempt("of an account, which has no unit", web="SELECT, INSERT", audited=True)

    user = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="unlocks", verbose_name="账号"
    )
    places = models.PositiveIntegerField("解除几处")
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="解除人")
    at = models.DateTimeField("解除时间", auto_now_add=True)

    class Meta:
        verbose_name = "解除暂停登录"

    def __str__(self):
        return f"{self.user} {self.at}"


class FormerPassword(models.Model):
    """The hash of a password that the account had or has, so that it does not come back."""

    wall = Exempt(
        "hashes that only their account's change of password is held against",
        web="SELECT, INSERT, DELETE",
    )

    user = models.ForeignKey(
        "portal.User", models.CASCADE, related_name="former_passwords", verbose_name="账号"
    )
    password = models.CharField("密码", max_length=128)
    at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = "用过的密码"

    def __str__(self):
        return f"{self.user} {self.at}"
