"""Labels as they are compared, and refusals of a form in words that do not repeat what was typed."""

import re

from django.core.exceptions import ValidationError

from portal.width import to_halfwidth

_DROPPED = re.compile(r"[\s*＊]+")
_BRACKETS = re.compile(r"[(\[【〔{].*?[)\]】〕}]")
_MARKS = re.compile(r"[、,.。:：;；/\\·\-_—~]+")
LONGEST_LABEL = 300  # characters; a sheet may hold any text where a label is expected


def plain(label) -> str:
    """A label without spaces, asterisks and full-width forms, for comparing."""
    return _DROPPED.sub("", to_halfwidth(str(label)))


def bare(label) -> str:
    """The same without what stands in brackets and without marks: 家庭住址（详细） is 家庭住址."""
    return _MARKS.sub("", _BRACKETS.sub("", plain(label)[:LONGEST_LABEL])).lower()


def message_of(error: ValidationError) -> str:
    """The message without the rejected value, which is personal data more often than not."""
    if hasattr(error, "error_dict"):
        error = ValidationError([e for errors in error.error_dict.values() for e in errors])
    return "".join(_one_message(each) for each in error.error_list)


def _one_message(error: ValidationError) -> str:
    if error.code == "required":
        return "没有填写。"
    params = dict(error.params or {})
    if "value" in params:
        params["value"] = "该值"
    return str(error.message % params if params else error.message)


def without(texts, message: str) -> str:
    """The message without quotations of the row's own cells: it may end in a log."""
    for text in texts:
        message = message.replace(f"“{text}”", "这里填的内容")
    return message
