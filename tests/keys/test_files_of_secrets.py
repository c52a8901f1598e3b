"""NAME_FILE beside NAME: secrets come from files that only the service reads."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env


@pytest.fixture
def secret(tmp_path, monkeypatch):
    """``secret(text)``: what X_FILE names."""

    def put(text):
        path = tmp_path / "secret"
        path.write_text(text)
        monkeypatch.setenv("X_FILE", str(path))

    monkeypatch.delenv("X", raising=False)
    return put


def test_a_value_is_read_from_its_file_without_the_line_end(secret):
    secret("abc\n")
    assert (env.require("X", "a test"), env.optional("X")) == ("abc", "abc")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (env.flag, "1", True),
        (lambda name: env.whole_number(name, 3), "7", 7),
        (env.listed, "a, b", ["a", "b"]),
        (lambda name: env.numbered_keys(name, ""), "1:" + "A" * 43 + "=", {1: bytes(32)}),
    ],
)
def test_every_kind_of_setting_may_stand_in_a_file(secret, read, text, value):
    secret(text)
    assert read("X") == value


def test_a_value_and_a_file_at_once_are_refused(secret, monkeypatch):
    secret("abc")
    monkeypatch.setenv("X", "abc")
    with pytest.raises(ImproperlyConfigured, match="X and X_FILE are both set"):
        env.require("X", "a test")


def test_a_file_that_cannot_be_read_names_itself_and_no_content(monkeypatch):
    monkeypatch.delenv("X", raising=False)
    monkeypatch.setenv("X_FILE", "/nowhere/secret")
    with pytest.raises(ImproperlyConfigured, match="/nowhere/secret"):
        env.require("X", "a test")


def test_an_empty_file_is_no_value(secret):
    secret("\n")
    with pytest.raises(ImproperlyConfigured, match="X is not set"):
        env.require("X", "a test")
