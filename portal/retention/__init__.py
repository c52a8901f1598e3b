"""Retention: what is kept how long on which ground, what is due, and the disposal that takes two persons."""

from portal.retention.parts import belongs
from portal.retention.rules import Rule, register, rules

__all__ = ["Rule", "belongs", "register", "rules"]
