"""Signatures (Ed25519, RFC 8032): who wrote a record, and that nobody changed it on the way."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ID = 16
_GROUP = 4


class KeyClosed(Exception):
    """A private key was sealed with another secret than the present one."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that is open, and what others know it by."""

    id: str
    public: str
    private: Ed25519PrivateKey

    def sign(self, data: bytes) -> str:
        """Return the signature of some bytes, in base64."""
        return base64.b64encode(self.private.sign(data)).decode()


def new_signer() -> Signer:
    """Return a new key."""
    return _signer(Ed25519PrivateKey.generate())


def seal(signer: Signer, secret: str) -> str:
    """Return the private key as it may be kept: useless to whoever does not know the secret."""
    return _box(secret).encrypt(signer.private.private_bytes_raw()).decode()


def unseal(sealed: str, secret: str) -> Signer:
    """Open a private key again, or raise `KeyClosed`."""
    try:
        return _signer(Ed25519PrivateKey.from_private_bytes(_box(secret).decrypt(sealed.encode())))
    except InvalidToken as error:
        raise KeyClosed from error


def verifies(public: str, data: bytes, signature: str) -> bool:
    """Whether some bytes were signed with the private key that belongs to a public one."""
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(raw, data)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """Return what two operators compare on the telephone: SHA-256 of the key in groups of four.

    >>> fingerprint("AAAA")
    '709e 80c8 8487 a241 1e1e e4df b9f2 2a86 1492 d20c 4765 150c 0c79 4abd 70f8 147c'
    """
    digits = hashlib.sha256(base64.b64decode(public)).hexdigest()
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def same_fingerprint(public: str, typed: str) -> bool:
    """Whether a fingerprint is this key's, however it was grouped."""
    return "".join(typed.lower().split()).replace(":", "") == fingerprint(public).replace(" ", "")


def key_id(public: str) -> str:
    """Return the short name of a key."""
    return fingerprint(public).replace(" ", "")[:_ID]


def _signer(private: Ed25519PrivateKey) -> Signer:
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    return Signer(key_id(public), public, private)


def _box(secret: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(b"qiplatform installation key:" + secret.encode()).digest())
    )
