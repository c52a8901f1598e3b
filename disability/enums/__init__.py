"""Pick-lists of disability work, by idea; those of files and certificates stand at the front door."""

from disability.enums.files import COMPONENTS, Category, CertificateStatus, Level, SelfCare

__all__ = ["COMPONENTS", "Category", "CertificateStatus", "Level", "SelfCare"]
