"""Which addresses a site has: declared by the packages that have pages, for making them all before anybody asks."""

from collections.abc import Callable, Iterable, Iterator

Lister = Callable[[str], Iterable[str]]
_LISTERS: list[Lister] = []


def register(lister: Lister) -> None:
    """Declare pages (in an AppConfig.ready): ``lister`` gives the paths of the site at a host, most wanted first."""
    _LISTERS.append(lister)


def paths(host: str) -> Iterator[str]:
    """Every path that the site at this host is known to have."""
    for lister in _LISTERS:
        yield from lister(host)


_HOSTS: list[Callable[[], Iterable[str]]] = []


def register_hosts(lister: Callable[[], Iterable[str]]) -> None:
    """Declare where the hosts of the installation are listed."""
    _HOSTS.append(lister)


def hosts() -> list[str]:
    """Every host that has a site."""
    return [host for lister in _HOSTS for host in lister()]
