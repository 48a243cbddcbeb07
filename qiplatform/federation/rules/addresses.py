"""Where we may ask: other installations, and nothing inside our own network that somebody would like us to reach for them."""

import ipaddress
from urllib.parse import urlsplit

from qiplatform.errors import Invalid
from qiplatform.federation.models import ADDRESS_LENGTH

LOOPBACK = ("localhost", "127.0.0.1", "::1")
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


def read_address(typed: str, *, development: bool) -> str:
    """Return the address of an installation without a slash at its end; refuse what is none.

    It begins with https://; for trying things out, `development` also takes http:// on this machine.

    >>> read_address("https://Improve.example.nhs.uk/", development=False)
    'https://improve.example.nhs.uk'
    """
    try:
        parts = urlsplit(typed.strip())
        port = parts.port
    except ValueError as error:
        raise Invalid.one("address", "This is no address.") from error
    host = (parts.hostname or "").lower()
    if parts.username or parts.password or parts.query or parts.fragment or not host:
        raise Invalid.one("address", "Give the address alone, such as https://improve.example.nhs.uk")
    local = development and parts.scheme == "http" and host in LOOPBACK
    if parts.scheme != "https" and not local:
        raise Invalid.one("address", "An installation is asked by https:// only.")
    shown = f"[{host}]" if ":" in host else host
    address = f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"
    if len(address) > ADDRESS_LENGTH or not address.isascii() or not address.isprintable():
        raise Invalid.one("address", "This address cannot be used.")
    return address


def may_be_asked(scheme: str, ip: Ip) -> bool:
    """Whether an address a name led to may be connected to: by https only what everybody can reach, by http only this machine.

    >>> may_be_asked("https", ipaddress.ip_address("10.0.0.7"))
    False
    """
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped is not None:
        return may_be_asked(scheme, mapped)
    if scheme == "http":
        return ip.is_loopback
    return ip.is_global and not ip.is_multicast
