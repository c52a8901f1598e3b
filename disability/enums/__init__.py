"""Pick-lists of disability work, by idea; those of files and certificates stand at the front door."""

from disability.enums.files import (
    ADULT,
    CAUSES,
    COMPONENTS,
    NEEDS_GUARDIAN,
    Category,
    CertificateStatus,
    Communication,
    Insurance,
    Level,
    SelfCare,
)

__all__ = [
    "ADULT",
    "CAUSES",
    "COMPONENTS",
    "NEEDS_GUARDIAN",
    "Category",
    "CertificateStatus",
    "Communication",
    "Insurance",
    "Level",
    "SelfCare",
]
