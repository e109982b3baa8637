"""Guessing and listing of domain names."""

from testbed.attacks.material import ANYWHERE, labels, maybe, pause, segment, words
from testbed.catalogue import Assault, attack

NAMES = "T1590.002"


def names(c) -> tuple[str, str]:
    """The resolver and the zone of the own network, or a zone out there."""
    return c.server("dns").address, c.choose(c.network.domain, c.network.domain, c.choose(*c.network.sites))


@attack(
    "dns_enum", technique=NAMES, tool="dnsrecon", origins=ANYWHERE, needs=("dns",), packages=("dnsrecon",), seconds=35
)
def dnsrecon(c):
    server, zone = names(c)
    return Assault(
        words(
            f"timeout 30 dnsrecon -d {zone} -n {server} --lifetime {c.between(1, 3)}",
            f"--threads {c.between(1, 8)} -t {c.choose('brt', 'brt', 'std,brt', 'srv,brt')}",
            f"-D {labels(c, c.between(60, 200))}",
        )
    )


@attack(
    "dns_enum",
    technique=NAMES,
    tool="dnsrecon reverse",
    origins=ANYWHERE,
    needs=("dns",),
    packages=("dnsrecon",),
    seconds=35,
)
def dnsrecon_reverse(c):
    hosts = [str(address) for address in segment(c).hosts()]
    first = c.between(0, max(0, len(hosts) - 40))
    return Assault(
        f"timeout 30 dnsrecon -n {c.server('dns').address} --lifetime 2 --threads {c.between(1, 8)} -t rvl"
        f" -r {hosts[first]}-{hosts[min(len(hosts) - 1, first + c.between(25, 80))]}"
    )


@attack(
    "dns_enum",
    technique=NAMES,
    tool="gobuster dns",
    origins=ANYWHERE,
    needs=("dns",),
    packages=("gobuster",),
    seconds=30,
)
def gobuster_names(c):
    server, zone = names(c)
    return Assault(
        words(
            f"gobuster dns -q -t {c.between(1, 12)}",
            maybe(c, 0.5, f"--delay {c.between(10, 120)}ms"),
            f"--timeout 2s -r {server}:53 --wildcard -d {zone} -w {labels(c, c.between(80, 250))}",
        )
    )


@attack(
    "dns_enum", technique=NAMES, tool="dig", origins=ANYWHERE, needs=("dns",), packages=("bind9-dnsutils",), seconds=35
)
def dig_names(c):
    server, zone = names(c)
    kinds = " ".join(
        c.random.sample(["A", "AAAA", "MX", "NS", "SOA", "TXT", "SRV", "CNAME", "ANY", "HINFO"], c.between(2, 6))
    )
    return Assault(
        f"dig @{server} {zone} AXFR +tries=1 +time=2; for kind in {kinds}; do dig @{server} {zone} $kind +tries=1"
        f" +time=2; done; for name in $(cat {labels(c, c.between(30, 90))}); do dig @{server} $name.{zone}"
        f" {c.choose('A', 'ANY', 'TXT')} +short +tries=1 +time=2; {pause(c.between(0.0, 0.25))}; done"
    )
