"""The network of a campaign as its entries see it: hosts, users, and addresses out there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network
from random import Random

from testbed import catalogue
from testbed.profile import Link, Profile

# Of the internet's /24: .1 is its router, .2 its resolver and mail exchange, .10 and up its sites.
RESOLVER = 2
SITES = range(10, 18)
VISITORS = range(100, 140)
SPOOFED = range(150, 250)
VENDORS = ("00:1b:21", "3c:52:82", "b8:27:eb", "d4:be:d9", "00:25:90", "f4:4d:30", "a4:bb:6d", "00:50:56")


@dataclass(frozen=True)
class User:
    """A person with an account on every server."""

    name: str
    password: str


@dataclass(eq=False)
class Host:
    """A host. `process` holds its namespaces while the network is up; `device` is its interface, `gateway` its router's
    address."""

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
    device: str = "eth0"
    process: int = 0

    @property
    def offers(self) -> set[str]:
        """What clients may ask of its services."""
        return {offer for name in self.services for offer in catalogue.SERVICES[name].offers}

    @property
    def attackable(self) -> bool:
        return self.role in ("client", "server")


@dataclass
class Network:
    """All hosts by name, `internet` and `outside` among them; `router` stands between the segments and the internet.
    `random` is the chance of whoever was given this view of it."""

    profile: Profile
    hosts: dict[str, Host]
    router: Host
    random: Random
    users: list[User] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return self.profile.domain

    @property
    def segments(self) -> dict[str, IPv4Network]:
        return self.profile.segments

    @property
    def internet(self) -> Host:
        return self.hosts["internet"]

    @property
    def outside(self) -> Host:
        return self.hosts["outside"]

    @property
    def resolver(self) -> str:
        """The address that hosts of the own network ask for names."""
        own = self.servers("dns")
        return own[0].address if own else self.internet_resolver

    @property
    def internet_resolver(self) -> str:
        return self._out_there(RESOLVER)

    @property
    def sites(self) -> list[tuple[str, str]]:
        """Domain names of sites out there with their addresses."""
        names = self.profile.internet.sites
        return [(name, self._out_there(SITES[at % len(SITES)])) for at, name in enumerate(names)]

    @property
    def visitors(self) -> list[str]:
        """Addresses of the internet host from which remote people come."""
        return [self._out_there(at) for at in VISITORS]

    @property
    def spoofed(self) -> list[str]:
        """Addresses that nobody has, for forged sources; what is sent to them vanishes."""
        return [self._out_there(at) for at in SPOOFED]

    def inside(self) -> list[Host]:
        """The hosts of the own network."""
        return [host for host in self.hosts.values() if host.segment in self.segments]

    def servers(self, offer: str) -> list[Host]:
        """Hosts of the own network that offer something."""
        return [host for host in self.inside() if offer in host.offers]

    def clients(self) -> list[Host]:
        return self.with_role("client")

    def with_role(self, role: str) -> list[Host]:
        return [host for host in self.hosts.values() if host.role == role]

    def has(self, need: str) -> bool:
        """Whether something is offered: `web` by a server of the own network, `internet:web` by the internet host and
        `outside:web` by the attacker's."""
        place, _, offer = need.rpartition(":")
        return offer in self.hosts[place].offers if place else bool(self.servers(need))

    def site(self) -> tuple[str, str]:
        """A drawn site out there: its domain name and its address."""
        return self.random.choice(self.sites)

    def drawn_by(self, random: Random) -> Network:
        """The same network with another source of chance."""
        return replace(self, random=random)

    def _out_there(self, at: int) -> str:
        return str(IPv4Network(self.profile.internet.network)[at])


def plan(profile: Profile, seed: int) -> Network:
    """The network of a profile before it is up; the seed decides the hardware addresses."""
    random = Random(f"{seed} network")

    def mac() -> str:
        return ":".join([random.choice(VENDORS), *(f"{random.randrange(256):02x}" for _ in range(3))])

    hosts = {
        name: Host(
            name, host.address, host.segment, host.role, mac(), profile.links[host.link],
            str(profile.segments[host.segment][1]), host.services, host.ttl, host.timestamps, host.congestion,
        )
        for name, host in profile.hosts.items()
    }
    out_there, attacker = profile.internet, profile.outside
    hosts["internet"] = Host(
        "internet", str(IPv4Network(out_there.network)[RESOLVER]), "internet", "internet", mac(),
        profile.links[out_there.link], services=out_there.services, device="lo",
    )
    hosts["outside"] = Host(
        "outside", attacker.address, "outside", "outside", mac(), profile.links[attacker.link],
        str(IPv4Network(f"{attacker.address}/24", strict=False)[1]), attacker.services,
    )
    router = Host("router", hosts_gateway(profile), "router", "router", mac(), profile.links["wired"])
    users = [User(name, password) for name, password in profile.users.items()]
    return Network(profile, hosts, router, Random(f"{seed} choice"), users)


def hosts_gateway(profile: Profile) -> str:
    return str(next(iter(profile.segments.values()))[1])
