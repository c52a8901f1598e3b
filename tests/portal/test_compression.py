"""Pages leave compressed where the browser takes it, files as they are."""

import gzip

import pytest
from django.urls import reverse

from portal.ledgers import ledgers
from portal.roles import Role

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def browser(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.mark.parametrize("more", [{}, {"HX-Request": "true"}])
def test_a_page_leaves_compressed_and_whole(browser, more):
    packed = browser.get(ledgers["visits"].url(), headers=PACKED | more)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)
    page = gzip.decompress(packed.content).decode()
    assert "走访" in page
    assert len(packed.content) < 0.7 * len(page.encode())


def test_a_browser_that_takes_none_gets_none(browser):
    assert "Content-Encoding" not in browser.get(reverse("home"))


def test_the_length_tells_nothing_exact(browser):
    """Django's padding: the same page has several lengths."""
    lengths = {
        len(browser.get(reverse("password_change"), headers=PACKED).content) for _ in range(12)
    }
    assert len(lengths) > 1


def test_files_keep_their_length(browser):
    address = ledgers["visits"].url("paper")
    paper = browser.get(address, headers=PACKED)
    assert paper["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in paper
