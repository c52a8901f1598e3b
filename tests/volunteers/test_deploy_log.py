"""The proxy's access log: no address of volunteers' pages that carries a code is written there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

CONF = (Path(settings.BASE_DIR) / "docs/deploy/nginx.conf").read_text()


def unlogged():
    """The pattern of each location that writes no access log."""
    found = re.findall(r"location ~ (\S+) \{([^}]*)\}", CONF)
    return [pattern for pattern, body in found if "access_log off;" in body]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("public-me-link", ["440103-00001", "ABCDEFGHJK"]),
        ("public-shift", [7, "ABCDEFGHJK"]),
        ("public-verified", ["ABCDEFGHJK"]),
    ],
)
def test_addresses_with_a_code_stay_out_of_the_log(name, args):
    path = reverse(name, args=args)
    assert any(re.match(pattern, path) for pattern in unlogged())


def test_other_addresses_are_logged():
    assert not any(re.match(pattern, reverse("public-volunteers")) for pattern in unlogged())
