"""Whence a visitor comes: what tries are counted by, of passwords, of slips and of cards alike."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The network address of a visitor. Behind our own proxy, the one that it adds at the end of
    X-Forwarded-For: what stands before is the visitor's own word, and could be anything."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if address in settings.TRUSTED_PROXIES or (not address and settings.TRUSTED_PROXIES):
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    return neighbourhood(address)


def neighbourhood(address: str) -> str:
    """An IPv4 address; of an IPv6 one, the 64 bits that one household holds whole."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 6 and known.ipv4_mapped:
        return str(known.ipv4_mapped)
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
