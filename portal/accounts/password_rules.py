"""What a new password must be, as validators of Django: length, not common, not about its owner, new.

Any characters are allowed, blanks too, and nothing is cut off. Kinds of characters and expiry are asked
for only where the policy says so: ASVS 5.0 (6.2.5, 6.2.10) forbids both, assessments of 等级保护 often
want them, so the office decides.
"""

import unicodedata
from itertools import pairwise

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    get_default_password_validators,
)
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from portal.models import Unit
from portal.pinyin import name_keys
from portal.policies import policy

LEAST_OWN_LETTERS = 4  # that must remain when names of the office are taken out
LEAST_DIFFERENT = 5
SUFFIXES = ("社区", "街道", "居委会", "村", "镇", "乡", "区", "县", "市")
PORTAL_WORDS = ("社区工作台", "shequ", "shequgongzuotai", "password", "mima", "admin", "guanliyuan")
CLASSES = (str.isupper, str.islower, str.isdigit)


def plain(text: str) -> str:
    """Half-width and lower case, as a guesser would try it."""
    return unicodedata.normalize("NFKC", text).lower()


def rules_in_words() -> str:
    """The rules as a list; what Django's own validators ask, the words of ours tell as well."""
    ours = (each for each in get_default_password_validators() if type(each).__module__ == __name__)
    lines = format_html_join("", "<li>{}</li>", ((each.get_help_text(),) for each in ours))
    return format_html("<ul>{}</ul>", lines)


class Length:
    def validate(self, password, user=None):
        least = policy("password_min_length")
        if len(password) < least:
            raise ValidationError(f"密码至少 {least} 个字符，现在是 {len(password)} 个。")

    def get_help_text(self):
        return (
            f"至少 {policy('password_min_length')} 个字符，可以用空格、汉字和任何符号；"
            "几个互不相关的词连在一起，又长又好记。"
        )


class Composition:
    """Three of four kinds of characters, where the policy asks for it; 汉字 are of the fourth kind."""

    def validate(self, password, user=None):
        if not policy("password_composition"):
            return
        kinds = {next((k for k, of in enumerate(CLASSES) if of(c)), -1) for c in password}
        if len(kinds) < 3:
            raise ValidationError("密码须含大写字母、小写字母、数字、其他字符中至少三类。")

    def get_help_text(self):
        if policy("password_composition"):
            return "须含大写字母、小写字母、数字、其他字符中至少三类。"
        return "不必混用大小写和符号，长度最要紧。"


class Common(CommonPasswordValidator):
    """Django's list of the 20,000 most used, also with digits and marks around them; one character or
    one row of digits again and again."""

    def validate(self, password, user=None):
        typed = plain(password).strip()
        core = typed.strip("".join(c for c in set(typed) if not c.isalpha()))
        if typed in self.passwords or core in self.passwords:
            raise ValidationError("这个密码太常见，别人一猜就中。")
        if len(set(typed)) < LEAST_DIFFERENT or _counts_up(typed):
            raise ValidationError("密码不能只是重复几个字符或顺着排列。")

    def get_help_text(self):
        return "不能是常见密码，也不能全是数字。"


def _counts_up(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}


class NotAboutOwner:
    """Not made of the user name, the person's name, the names of their units, or the pinyin of these:
    when they are taken out, some letters of its own must remain."""

    def validate(self, password, user=None):
        rest = plain(password)
        for word in sorted(words_about(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest == plain(password):
            return
        if sum(c.isalpha() for c in rest) < LEAST_OWN_LETTERS:
            raise ValidationError("密码不能由用户名、姓名、单位名称或它们的拼音加几个数字组成。")

    def get_help_text(self):
        return "不能由用户名、姓名、单位名称或它们的拼音组成。"


def words_about(user) -> set[str]:
    """What others know about the account, as a password would hold it."""
    names = [*PORTAL_WORDS]
    if user is not None and user.pk:
        names += _unit_names(user)
    words = {plain(name) for name in names}
    for name in [*names, getattr(user, "name", "")]:
        keys = name_keys(name)
        words |= {plain(name), *filter(None, keys.search.split("|"))}
    words.add(plain(getattr(user, "username", "")))
    return {word for word in words if len(word) >= (3 if word.isascii() else 2)}


def _unit_names(user) -> list[str]:
    """Of the units where the account has or had a role and those above, with and without 社区."""
    held = user.assignments.values("unit")
    units = Unit.objects.filter(pk__in=held).select_related("parent__parent")
    found = set()
    for unit in units:
        while unit is not None:
            found.add(unit.name)
            unit = unit.parent
    for name in list(found):
        found |= {name.removesuffix(suffix) for suffix in SUFFIXES}
    return sorted(found)


class NotUsedBefore:
    """None of the last passwords of the account, the present one among them."""

    def validate(self, password, user=None):
        if user is None or not user.pk:
            return
        most = policy("password_history")
        former = user.former_passwords.order_by("-pk").values_list("password", flat=True)[:most]
        present = [user.password] if user.has_usable_password() and user._password is None else []
        if any(check_password(password, each) for each in dict.fromkeys([*present, *former])):
            raise ValidationError("这个密码以前用过，请换一个新的。")

    def get_help_text(self):
        most = policy("password_history")
        return f"不能与最近 {most} 个密码相同。" if most else "不能与现在的密码相同。"
