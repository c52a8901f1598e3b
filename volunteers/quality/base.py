"""Shorthand for the quality rules of volunteer work: their domain."""

from portal.quality.family import Family

rule = Family("volunteers").rule
