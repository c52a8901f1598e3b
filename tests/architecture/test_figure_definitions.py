"""The SQL of each figure is pinned (DESIGN §5): who changes what is counted raises the version.

After a deliberate change: raise ``version`` in the declaration, then
``python -m tests.architecture.test_figure_definitions`` writes the new pins.
"""

import json
import os
from pathlib import Path

import pytest

PINS = Path(__file__).with_name("figure_definitions.json")


def definitions() -> dict:
    """code → version and compiled SQL, for a fixed period, without the units of a question."""
    from portal.figures import Ratio, engine, figures
    from portal.periods import Period

    found = {}
    for figure in figures:
        model = getattr(figure, "model", None)
        if model is not None and model.__module__.startswith("tests."):
            continue
        if isinstance(figure, Ratio):
            told = f"{figure.numerator} / {figure.denominator}"
        else:
            rows = engine.counted_rows(figure, Period.parse("2025")).order_by()
            told = f"{figure.value} of {rows.values('pk').query}"
        found[figure.code] = {"version": figure.version, "counts": told}
    return dict(sorted(found.items()))


@pytest.mark.django_db
def test_what_a_figure_counts_changes_only_with_its_version():
    pinned, now = json.loads(PINS.read_text()), definitions()
    assert now.keys() == pinned.keys()
    changed = {code for code in now if now[code]["counts"] != pinned[code]["counts"]}
    same_version = {c for c in changed if now[c]["version"] == pinned[c]["version"]}
    assert not same_version, f"raise the version of {sorted(same_version)}, then pin them anew"
    assert now == pinned


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    PINS.write_text(json.dumps(definitions(), ensure_ascii=False, indent=1) + "\n")
