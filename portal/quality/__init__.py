"""Data quality: rules as data, their records to be mended in place, and how their number moves."""

from portal.quality.declare import QualityRule, Severity, register, rules

__all__ = ["QualityRule", "Severity", "register", "rules"]
