"""Posting to an address that somebody entered: to the public net only, to that address only, and to nowhere it leads.

The name is looked up once and the connection made to the address that was judged, so that a name which answers
differently the second time leads nowhere else (DNS rebinding).
"""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.publishing.outlets.contract import NotDeliverable, Undelivered

_TIMEOUT_SECONDS = 10
_REFUSED_FOR_GOOD = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
_READ_AT_MOST = 65_536


def signature(secret: str, body: bytes) -> str:
    """What the other side compares: HMAC-SHA256 of the bytes of the body, in hex."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, headers: Mapping[str, str]) -> str:
    """Post and return a receipt. Raises NotDeliverable for an address that may not be called or a refusal that will
    stay one, Undelivered for a bad moment. A redirect is not followed: what is signed goes where it was set up to go.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotDeliverable("请填写以 http 或 https 开头的接收地址。")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _connection(parts.scheme, parts.hostname, port)
        try:
            connection.request("POST", target, body, dict(headers))
            answer = connection.getresponse()
            answer.read(_READ_AT_MOST)
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Undelivered(f"无法连接：{error}") from error
    if 200 <= answer.status < 300:
        return f"HTTP {answer.status}"
    refusal = f"对方返回 HTTP {answer.status}"
    raise (NotDeliverable if answer.status in _REFUSED_FOR_GOOD else Undelivered)(refusal)


def judged(host: str, port: int) -> str:
    """The address of the host to connect to. Raises NotDeliverable when any it has is not of the public net and not in
    the networks that ``GONGKAI_CALLBACK_NETWORKS`` allows, Undelivered when the name is not known."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Undelivered(f"找不到主机“{host}”。") from error
    for address in found:
        if not _allowed(address):
            told = f"“{host}”在内网（{address}），没有允许向它推送；"
            raise NotDeliverable(f"{told}需要时由运维人员在 GONGKAI_CALLBACK_NETWORKS 中写明网段。")
    return found[0]


def _allowed(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    seen = mapped or address
    if seen.is_global and not seen.is_multicast:
        return True
    return any(seen in ipaddress.ip_network(network, strict=False) for network in settings.GONGKAI_CALLBACK_NETWORKS)


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """Connected already, to the address that was judged; the certificate is still the name's."""
    address = judged(host, port)
    sock = socket.create_connection((address, port), timeout=_TIMEOUT_SECONDS)
    if scheme == "https":
        secured = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, port, timeout=_TIMEOUT_SECONDS)
        connection.sock = secured
    else:
        connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
        connection.sock = sock
    return connection
