"""Shorthand for the quality rules of sanitation work: their domain."""

from portal.quality.family import Family

rule = Family("sanitation").rule
