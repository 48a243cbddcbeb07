"""Canonical JSON, signatures and addresses: each read by other means, each with the fault it catches."""

import base64
import ipaddress
import json
import math
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from qiplatform.errors import Invalid
from qiplatform.federation import rules

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_canonical_form_says_the_same_and_is_its_own(value: Any) -> None:
    written = rules.canonical(value)
    assert json.loads(written) == value
    assert rules.canonical(rules.read(written)) == written


@given(st.dictionaries(TEXT, st.integers(0, 9), min_size=2, max_size=6))
def test_the_order_of_names_does_not_matter(value: dict[str, int]) -> None:
    turned = dict(reversed(value.items()))
    assert rules.canonical(turned) == rules.canonical(value)


def test_the_order_and_escapes_are_those_of_the_rfc() -> None:
    # RFC 8785, section 3.2.3: names sort by their UTF-16 units; 3.2.2.2: only what must be escaped is.
    names = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert [*json.loads(rules.canonical(names))] == [
        "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip
    assert rules.canonical('\u20ac$\u000f\nA\'B"\\\\"/') == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    assert rules.canonical([56, {"d": True, "10": None, "1": []}]) == b'[56,{"1":[],"10":null,"d":true}]'


@pytest.mark.parametrize("value", [1.5, math.nan, 2**53, "\ud800", {1: 2}, {"a": object()}, b"x"])
def test_what_could_be_written_in_two_ways_is_refused(value: Any) -> None:
    with pytest.raises(rules.NotCanonical):
        rules.canonical(value)


@pytest.mark.parametrize(
    "body", [b'{"a":1,"a":2}', b"[1.0]", b"NaN", b"1e3", b"\xff", b"[" * 5000, b"", b'{"a":{"b":1,"b":1}}']
)
def test_a_text_that_is_not_one_value_is_refused(body: bytes) -> None:
    with pytest.raises(rules.NotCanonical):
        rules.read(body)


def test_a_signature_is_one_that_others_can_check() -> None:
    # RFC 8032, section 7.1, test 2.
    private = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert private.sign(b"\x72") == signature
    signer = rules.new_signer()
    raw = base64.b64decode(signer.public)
    Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(signer.sign(b"words")), b"words")


def test_a_signature_fits_one_key_and_one_text() -> None:
    signer, other = rules.new_signer(), rules.new_signer()
    signature = signer.sign(b"words")
    assert rules.verifies(signer.public, b"words", signature)
    assert not rules.verifies(signer.public, b"Words", signature)
    assert not rules.verifies(other.public, b"words", signature)
    for odd in ("", "x", "é", signature[:-4], signature + "AAAA"):
        assert not rules.verifies(signer.public, b"words", odd)
    assert not rules.verifies("no key", b"words", signature)


def test_a_fingerprint_is_compared_however_it_was_read_out() -> None:
    key, other = rules.new_signer().public, rules.new_signer().public
    shown = rules.fingerprint(key)
    assert rules.same_fingerprint(key, shown.upper().replace(" ", ":"))
    assert rules.same_fingerprint(key, f" {shown.replace(' ', '')} ")
    assert not rules.same_fingerprint(key, rules.fingerprint(other))
    assert not rules.same_fingerprint(key, shown[:-2])
    assert not rules.same_fingerprint(key, "")


def test_a_private_key_is_closed_without_its_secret() -> None:
    signer = rules.new_signer()
    sealed = rules.seal(signer, "secret")
    assert rules.unseal(sealed, "secret").public == signer.public
    with pytest.raises(rules.KeyClosed):
        rules.unseal(sealed, "another")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example.org", "https://a.example.org"),
        (" HTTPS://A.example.org:8443/qi/ ", "https://a.example.org:8443/qi"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_read(typed: str, address: str) -> None:
    assert rules.read_address(typed, development=True) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "a.example.org", "http://a.example.org", "ftp://a.example.org", "file:///etc/passwd",
        "https://", "https://user:word@a.example.org", "https://a.example.org?x=1", "https://a.example.org#x",
        "https://a.example.org:port", "https://é.example.org", "https://" + "a" * 400, "http://10.0.0.1",
        "https://[::1", "https://a.example.org/\x07",
    ],
)  # fmt: skip
def test_what_is_no_address_of_an_installation_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        rules.read_address(typed, development=True)


def test_this_machine_is_only_for_trying_things_out() -> None:
    with pytest.raises(Invalid):
        rules.read_address("http://127.0.0.1:8000", development=False)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
    ],
)  # fmt: skip
def test_no_name_leads_into_a_closed_network(ip: str) -> None:
    assert not rules.may_be_asked("https", ipaddress.ip_address(ip))


def test_what_everybody_can_reach_may_be_asked() -> None:
    assert rules.may_be_asked("https", ipaddress.ip_address("151.101.1.1"))
    assert rules.may_be_asked("https", ipaddress.ip_address("2a04:4e42::1"))
    assert rules.may_be_asked("http", ipaddress.ip_address("127.0.0.1"))
    assert not rules.may_be_asked("http", ipaddress.ip_address("151.101.1.1"))
