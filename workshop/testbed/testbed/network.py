"""The network of a campaign as its entries see it: hosts, users, and addresses out there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network
from random import Random

from testbed import catalogue
from testbed.accounts import User
from testbed.profile import Link, Profile

# Of the internet's /24: .1 is its router, .2 its resolver and mail exchange, .10 and up its sites.
RESOLVER = 2
SITES = range(10, 18)
VISITORS = range(100, 140)
SPOOFED = range(150, 250)
VENDORS = ("00:1b:21", "3c:52:82", "b8:27:eb", "d4:be:d9", "00:25:90", "f4:4d:30", "a4:bb:6d", "00:50:56")


@dataclass(frozen=True)
class Segment:
    """A part of the own network, with a bridge as its switch and the router as its gateway."""

    name: str
    network: IPv4Network
    gateway: str
    bridge: str


@dataclass(eq=False)
class Host:
    """A host. `process` holds its namespaces while the network is up; `device` is its interface, `gateway` its router's
    address; `others` are addresses that it has besides."""

    name: str
    address: str
    segment: str
    role: str
    mac: str
    link: Link
    gateway: str = ""
    services: tuple[str, ...] = ()
    ttl: int = 64
    timestamps: bool = True
    congestion: str = "cubic"
    sack: bool = True
    window: int = 0
    device: str = "eth0"
    others: tuple[str, ...] = ()
    process: int = 0

    @property
    def addresses(self) -> list[str]:
        return [self.address, *self.others]

    @property
    def offers(self) -> set[str]:
        """What clients may ask of its services."""
        return {offer for name in self.services for offer in catalogue.SERVICES[name].offers}


@dataclass
class Network:
    """`hosts` are those of the own network by name; `router` stands between their segments and the internet, where the
    hosts `internet` and `outside` are. `random` is the chance of whoever was given this view of it."""

    profile: Profile
    segments: dict[str, Segment]
    hosts: dict[str, Host]
    router: Host
    internet: Host
    outside: Host
    random: Random
    users: list[User] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return self.profile.domain

    @property
    def everywhere(self) -> dict[str, Host]:
        """The own hosts, the internet host and the attacker's."""
        return {**self.hosts, "internet": self.internet, "outside": self.outside}

    @property
    def router_macs(self) -> dict[str, str]:
        """The hardware address of the router in each segment: one after the other, as on a real device."""
        vendor, last = self.router.mac[:-2], int(self.router.mac[-2:], 16)
        return {name: f"{vendor}{(last + at) % 256:02x}" for at, name in enumerate(self.segments)}

    @property
    def resolver(self) -> str:
        """The address that hosts of the own network ask for names."""
        own = self.servers("dns")
        return own[0].address if own else self.internet_resolver

    @property
    def internet_resolver(self) -> str:
        return self.internet.address

    @property
    def sites(self) -> dict[str, str]:
        """Domain names of sites out there with their addresses."""
        names = self.profile.internet.sites
        return {name: out_there(self.profile, SITES[at % len(SITES)]) for at, name in enumerate(names)}

    @property
    def visitors(self) -> list[str]:
        """Addresses of the internet host from which remote people come."""
        return [out_there(self.profile, at) for at in VISITORS]

    @property
    def spoofed(self) -> list[str]:
        """Addresses that nobody has, for forged sources; what is sent to them vanishes."""
        return [out_there(self.profile, at) for at in SPOOFED]

    def servers(self, offer: str) -> list[Host]:
        """Hosts of the own network that offer something."""
        return [host for host in self.hosts.values() if offer in host.offers]

    def clients(self) -> list[Host]:
        return self.with_role("client")

    def with_role(self, role: str) -> list[Host]:
        return [host for host in self.everywhere.values() if host.role == role]

    def has(self, need: str, asker: Host | None = None) -> bool:
        """Whether something is offered to a host: `web` by another server of the own network, `internet:web` by the
        internet host, `outside:web` by the attacker's."""
        place, _, offer = need.rpartition(":")
        servers = [self.everywhere[place]] if place else self.servers(need)
        return any(offer in server.offers and server is not asker for server in servers)

    def site(self) -> tuple[str, str]:
        """A drawn site out there: its domain name and its address."""
        return self.random.choice(list(self.sites.items()))

    def drawn_by(self, random: Random) -> Network:
        """The same network with another source of chance."""
        return replace(self, random=random)


def plan(profile: Profile, seed: int) -> Network:
    """The network of a profile before it is up; the seed decides the hardware addresses."""
    random = Random(f"{seed} network")

    def mac() -> str:
        return ":".join([random.choice(VENDORS), *(f"{random.randrange(256):02x}" for _ in range(3))])

    segments = {name: Segment(name, net, str(net[1]), f"b-{name}") for name, net in profile.segments.items()}
    hosts = {
        name: Host(
            name, host.address, host.segment, host.role, mac(), profile.links[host.link],
            segments[host.segment].gateway, host.services, host.ttl, host.timestamps, host.congestion,
            host.sack, host.window,
        )
        for name, host in profile.hosts.items()
    }
    internet = Host(
        "internet", out_there(profile, RESOLVER), "internet", "internet", mac(), profile.links[profile.internet.link],
        services=profile.internet.services, device="wan", others=tuple(out_there(profile, at) for at in SITES),
    )
    attacker = profile.outside
    outside = Host(
        "outside", attacker.address, "outside", "outside", mac(), profile.links[attacker.link],
        str(IPv4Network(f"{attacker.address}/24", strict=False)[1]), attacker.services,
    )
    gateways = tuple(segment.gateway for segment in segments.values())
    router = Host("router", gateways[0], "router", "router", mac(), profile.links["wired"], others=gateways[1:])
    users = [User(name, password) for name, password in profile.users.items()]
    return Network(profile, segments, hosts, router, internet, outside, Random(f"{seed} choice"), users)


def out_there(profile: Profile, at: int) -> str:
    """An address of the internet's network."""
    return str(IPv4Network(profile.internet.network)[at])
