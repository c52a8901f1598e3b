"""An invented example for each ledger: what one records, and as how much it counts.

An app tells its own in ``<app>/examples.py``; nobody in them is real.
"""

from collections.abc import Mapping

from portal.registry import Registry

examples: Registry[str] = Registry("examples")


def register(told: Mapping[str, str]) -> None:
    """``told``: an example by the slug of its ledger."""
    for slug, example in told.items():
        examples.add(slug, example)
