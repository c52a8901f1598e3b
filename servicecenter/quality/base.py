"""Shorthand for the agency's quality rules: their domain."""

from portal.quality.family import Family

rule = Family("servicecenter").rule
