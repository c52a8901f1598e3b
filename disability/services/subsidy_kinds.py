"""Keeping the table of kinds of subsidy."""

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disability.models import Subsidy, SubsidyKind
from portal.errors import settle


@transaction.atomic
def save_kind(kind: SubsidyKind | None, **fields) -> SubsidyKind:
    """Store a new or changed kind; a new one gets a code of its own."""
    if kind is None:
        kind = SubsidyKind(code=f"own-{secrets.token_hex(6)}")
    for name, value in fields.items():
        setattr(kind, name, value)
    kind.save()
    return kind


@transaction.atomic
def remove_kind(kind: SubsidyKind) -> str:
    """Delete a kind that nobody ever drew, be it in another unit; raises ValidationError otherwise.

    The foreign keys refuse what this scope cannot see.
    """
    name = str(kind)
    refusal = ValidationError("已有人享受这种补贴或已有标准，不能删除，请改为停用。")
    if Subsidy.objects.filter(kind=kind).exists():
        raise refusal
    try:
        with transaction.atomic():
            SubsidyKind.objects.filter(pk=kind.pk)._raw_delete(SubsidyKind.objects.db)
            settle()
    except IntegrityError as error:
        raise refusal from error
    return name
