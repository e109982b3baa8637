"""A network profile: what a TOML file of `profiles` says, checked.

Times are milliseconds, rates Mbit/s, losses and reorderings shares of the frames."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from testbed.refusal import Refusal

ROLES = ("client", "server", "intruder")
FOLDER = Path(__file__).resolve().parent.parent / "profiles"


@dataclass(frozen=True)
class Link:
    """The quality of a link, the same in both directions; a rate of 0 is unlimited."""

    delay_ms: float = 0.2
    jitter_ms: float = 0.05
    loss: float = 0.0
    reorder: float = 0.0
    rate_mbit: float = 1000.0
    queue_ms: float = 20.0


@dataclass(frozen=True)
class HostPlan:
    """A host as its profile describes it. `ttl` is the first time to live; `timestamps`, `congestion`, `sack` and
    `window` (the largest receive window in bytes, 0 for the system's) are TCP's."""

    segment: str
    address: str
    role: str
    link: str = "wired"
    services: tuple[str, ...] = ()
    ttl: int = 64
    timestamps: bool = True
    congestion: str = "cubic"
    sack: bool = True
    window: int = 0


@dataclass(frozen=True)
class Benign:
    """`rate` is sessions per second of all hosts together, `factors` multiply the weights of activities; `activities`
    empty means all of the catalogue."""

    rate: float = 1.0
    factors: dict | None = None
    activities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attacks:
    """`classes` empty means every class. `tools` limits a class to some of its tools; `concurrent` is how many runs go
    on at once."""

    classes: tuple[str, ...] = ()
    runs: int = 5
    tools: dict | None = None
    concurrent: int = 6
    strength: float = 1.0


@dataclass(frozen=True)
class Internet:
    """The host that plays everything out there. Sites, resolver, remote people and free addresses lie in `network`."""

    network: str
    sites: tuple[str, ...]
    services: tuple[str, ...] = ()
    link: str = "wan"


@dataclass(frozen=True)
class Outside:
    """The attacker's host in the internet."""

    address: str
    services: tuple[str, ...] = ()
    link: str = "wan"


@dataclass(frozen=True)
class Profile:
    name: str
    domain: str
    segments: dict[str, IPv4Network]
    links: dict[str, Link]
    hosts: dict[str, HostPlan]
    internet: Internet
    outside: Outside
    users: dict[str, str]
    benign: Benign
    attacks: Attacks


def names() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name: str) -> Profile:
    """A profile by its name, or by the path of a TOML file."""
    file = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not file.is_file():
        raise Refusal(f"there is no profile {name}: take one of {', '.join(names())}, or give the path of a .toml file")
    try:
        with file.open("rb") as opened:
            return parse(file.stem, tomllib.load(opened))
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"profile {name} is not TOML: {error}") from error


def parse(name: str, content: dict) -> Profile:
    """A profile from what its file holds; whatever is missing, unknown or contradictory is refused."""
    try:
        profile = Profile(
            name,
            content["domain"],
            {key: IPv4Network(value["network"]) for key, value in content["segments"].items()},
            {"wired": Link(), "wan": Link(delay_ms=12, jitter_ms=2, rate_mbit=100, queue_ms=100)}
            | {key: _table(Link, f"links.{key}", value) for key, value in content.get("links", {}).items()},
            {key: _table(HostPlan, f"hosts.{key}", value) for key, value in content["hosts"].items()},
            _table(Internet, "internet", content["internet"]),
            _table(Outside, "outside", content["outside"]),
            dict(content["users"]),
            _table(Benign, "benign", content.get("benign", {})),
            _table(Attacks, "attacks", _all_classes(content.get("attacks", {}))),
        )
        _check(profile)
        return profile
    except KeyError as error:
        raise Refusal(f"profile {name} lacks {error}: see workshop/testbed/profiles/smoke.toml") from error
    except (TypeError, ValueError) as error:
        raise Refusal(f"profile {name}: {error}") from error


def _all_classes(table: dict) -> dict:
    return {key: value for key, value in table.items() if not (key == "classes" and value == "all")}


def _table(kind, where: str, table: dict):
    known = {field.name for field in fields(kind)}
    if unknown := table.keys() - known:
        raise ValueError(f"[{where}] has {', '.join(sorted(unknown))}, it may have {', '.join(sorted(known))}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def _check(profile: Profile):
    links = [(f"hosts.{name}", host.link) for name, host in profile.hosts.items()]
    for where, link in links + [("internet", profile.internet.link), ("outside", profile.outside.link)]:
        if link not in profile.links:
            raise ValueError(f"[{where}] has the link {link}, there are {', '.join(profile.links)}")
    taken = {}
    for name, host in profile.hosts.items():
        if len(name) > 8 or not name.isalnum() or name in ("switch", "router", "internet", "outside"):
            raise ValueError(f"a host cannot be called {name}: take up to 8 letters and digits")
        if host.role not in ROLES:
            raise ValueError(f"[hosts.{name}] has the role {host.role}, there are {', '.join(ROLES)}")
        if host.segment not in profile.segments:
            raise ValueError(f"[hosts.{name}] is in {host.segment}, there are {', '.join(profile.segments)}")
        network = profile.segments[host.segment]
        if IPv4Address(host.address) not in network or host.address == str(network[1]):
            raise ValueError(f"[hosts.{name}] cannot have {host.address} in {network}, whose router is {network[1]}")
        if host.address in taken:
            raise ValueError(f"[hosts.{name}] has the address of {taken[host.address]}")
        taken[host.address] = name
    if IPv4Network(profile.internet.network).prefixlen != 24:
        raise ValueError(f"[internet] network {profile.internet.network} must be a /24")
    if not profile.users:
        raise ValueError("[users] is empty: name at least one user and a password")
