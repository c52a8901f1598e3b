"""Accounts and their dated roles at a unit."""

import unicodedata
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.roles import Role
from portal.spells import span
from portal.wall.classes import Exempt

FORMER_KEPT = 24  # hashes of used passwords; the most that a policy may refuse
# Roles of an account that stands alone; all others go together, as one kind of account.
_ALONE = ("system_administrator", "security_administrator", "audit_administrator", "trainee")


class UserManager(BaseUserManager):
    def create_user(self, username, name, password=None, **fields):
        """A saved account; without a password nobody can sign in until one is set."""
        username = self.model.normalize_username(username)
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        """The account of a typed username; raises DoesNotExist."""
        return self.get(username=self.model.normalize_username(username))


class User(Versioned, AbstractBaseUser):
    """One person's account; what it may do comes from RoleAssignment alone.

    Sessions that began before ``sessions_ended_at`` are over.
    """

    wall = Exempt("read at sign-in, before a scope exists", audited=True)
    unversioned = frozenset({"last_login"})  # signing in must not disturb who edits the account

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=50)
    is_active = models.BooleanField("启用", default=True)
    disabled_from = models.DateField("停用日期", null=True, blank=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    sessions_ended_at = models.DateTimeField("结束登录", null=True, blank=True)
    password_set_at = models.DateTimeField("密码设置时间", default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "账号"
        ordering = ["username"]

    def __str__(self):
        return self.name

    def save(self, *, update_fields=None, **kwargs):
        """A password that was set (not one whose hash is only renewed) is dated and kept as used."""
        is_new = self._password is not None
        if is_new:
            self.password_set_at = timezone.now()
            if update_fields is not None:
                update_fields = {*update_fields, "password_set_at"}
        super().save(update_fields=update_fields, **kwargs)
        if is_new:
            keep_password(self)

    @classmethod
    def normalize_username(cls, username):
        """The one spelling under which an account is kept: half-width, lower case, trimmed."""
        return unicodedata.normalize("NFKC", username).strip().lower()


def keep_password(user: User) -> None:
    """Remember the hash, and no more of them than the policy can ask for."""
    kept = user.former_passwords
    kept.create(password=user.password)
    old = list(kept.order_by("-pk").values_list("pk", flat=True)[FORMER_KEPT:])
    if old:
        kept.filter(pk__in=old).delete()


class RoleAssignmentQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class RoleAssignment(Versioned):
    """A role at a unit and everything below it, from a day to a day (both included).

    ``granted_by`` is None for what a command or the first run granted. A role that ``continues`` another
    prolongs it, or goes on with it at the unit that succeeded; a grant itself is never prolonged.
    ``stands_for`` names the colleague on leave whose work the account does meanwhile (代理).
    """

    wall = Exempt("read to find the scope itself", audited=True, guard="wall_duties")

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name="账号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("角色", max_length=32, choices=Role)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授予人"
    )
    granted_at = models.DateTimeField("授予时间", null=True, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    stands_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理"
    )
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="接续"
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "角色"
        ordering = ["user", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                name="role_granted_by_another",
                violation_error_message="不能给自己授予角色。",
            ),
            models.CheckConstraint(
                condition=Q(stands_for__isnull=True)
                | (Q(valid_to__isnull=False) & ~Q(reason="") & ~Q(stands_for=F("user"))),
                name="role_stand_in_ends_and_says_why",
            ),
            ExclusionConstraint(
                name="role_kinds_not_mixed",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (span("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                    (
                        Case(
                            When(role__in=_ALONE, then=F("role")),
                            default=Value("business"),
                            output_field=models.CharField(max_length=32),
                        ),
                        RangeOperators.NOT_EQUAL,
                    ),
                ],
                violation_error_message="管理员和实习人员的账号不能同时有其他角色。",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.unit} · {self.get_role_display()}"

    @property
    def manner(self) -> str:
        """Whether it is held for good, for a time, or for somebody on leave; as lists say it."""
        if self.stands_for_id:
            return "代理"
        return "" if self.valid_to is None else "临时"
