"""What a campaign can be made of. A service, an activity or an attack is one decorated function: adding one is adding
one such entry to a module of `services`, `activities` or `attacks`; nothing else has to know of it.

The function is given what it may draw on (see `testbed.context`) and returns what to run. All chance comes from the
context, so that a seed gives the same schedule and the same parameters again."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Daemon:
    """A server as it is started: a command that stays in the foreground, and a probe that fails until it answers.

    `setup` are commands that are run to their end before, in order. `probe` is run on a client host; `{address}` in it
    is the server's."""

    command: str
    probe: str
    setup: tuple[str, ...] = ()
    user: str | None = None


@dataclass(frozen=True)
class Service:
    """A server software. `offers` is what its clients ask for (`web`, `ssh`, `dns`); several services may offer the
    same, and a profile says which of them a host runs."""

    name: str
    offers: tuple[str, ...]
    packages: tuple[str, ...]
    start: Callable


@dataclass(frozen=True)
class Activity:
    """What users, or machines that nobody attacks with, do. `weight` is how often, against the others of a role;
    `roles` are the roles of the hosts that do it (`client`, `server`, `intruder`, `internet`, `outside`); `needs` is
    what must be offered: `web` by a server of the own network, `internet:web` by the internet host, `outside:web` by
    the attacker's; `seconds` the longest that a session may take; `hard_negative` names the attack class that it
    resembles."""

    name: str
    weight: float
    roles: tuple[str, ...]
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    seconds: float
    hard_negative: str | None
    command: Callable


@dataclass(frozen=True)
class Evidence:
    """Flows that the kernel cannot name a process for, since a tool writes frames itself or invents addresses: what of
    them is the attack. Whatever is empty matches all; it holds while the run goes on and `grace` seconds after.

    `protocol` is `tcp`, `udp`, `icmp`, `icmp6`, `igmp`, `ip` (any of IP), `arp`, `dhcp` (of clients whose hardware
    address no host has), `dns` (only says that the run's look-ups are the attack itself) or `eth:88cc` (an EtherType).
    `sources` and `targets` are addresses, networks such as `10.0.0.0/24` or hardware addresses, of the flow's first
    packet; `ports` its destination ports, or the types of ICMPv6 messages. `query_suffixes` are DNS zones: a look-up in
    them belongs to the run, whoever carries it on."""

    protocol: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    query_suffixes: tuple[str, ...] = ()
    grace: float = 3.0


@dataclass(frozen=True)
class Assault:
    """One run of an attack as drawn: its command on the attacking host, a listener that the attacker runs on another
    host (by name) while it goes on, and rules for flows that no process can be named for."""

    command: str
    listener: str | None = None
    listener_host: str = "outside"
    evidence: tuple[Evidence, ...] = ()
    variant: str = ""


@dataclass(frozen=True)
class Attack:
    """An attack class carried out by one tool. `label` is the class, `technique` its ATT&CK id, `origins` the roles of
    the hosts that it is launched from (`outside`, `client`, `server`, `intruder`), `seconds` the longest that a run
    may take."""

    label: str
    technique: str
    tool: str
    origins: tuple[str, ...]
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    seconds: float
    draw: Callable
    name: str = ""


SERVICES: dict[str, Service] = {}
ACTIVITIES: dict[str, Activity] = {}
ATTACKS: dict[str, Attack] = {}


def service(name, *, offers, packages=()):
    def register(start):
        _add(SERVICES, name, Service(name, tuple(offers), tuple(packages), start))
        return start

    return register


def activity(name, *, weight, roles=("client",), needs=(), packages=(), seconds=45.0, hard_negative=None):
    def register(command):
        entry = Activity(name, weight, tuple(roles), tuple(needs), tuple(packages), seconds, hard_negative, command)
        _add(ACTIVITIES, name, entry)
        return command

    return register


def attack(label, *, technique, tool, origins, needs=(), packages=(), seconds=30.0):
    def register(draw):
        name = draw.__name__
        entry = Attack(label, technique, tool, tuple(origins), tuple(needs), tuple(packages), seconds, draw, name)
        _add(ATTACKS, name, entry)
        return draw

    return register


def load():
    """Imports every module of entries, which registers them."""
    for package in ("services", "activities", "attacks"):
        root = importlib.import_module(f"testbed.{package}")
        for module in pkgutil.iter_modules(root.__path__):
            importlib.import_module(f"testbed.{package}.{module.name}")


def _add(entries, name, entry):
    if name in entries:
        raise ValueError(f"two entries are called {name}: give one of them another name")
    entries[name] = entry
