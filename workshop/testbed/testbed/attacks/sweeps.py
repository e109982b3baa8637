"""Sweeps: which hosts there are."""

from ipaddress import IPv4Address

from testbed.attacks.material import ANYWHERE, NEIGHBOURS, frames, maybe, segment, words
from testbed.catalogue import Assault, attack


def swept(c, most: int) -> list[str]:
    """Addresses of one segment in a row, at least one of which a host has."""
    network = segment(c)
    hosts = [str(address) for address in network.hosts()]
    count = min(len(hosts), c.between(most // 2, most))
    taken = [host.address for host in c.network.hosts.values() if IPv4Address(host.address) in network]
    first = hosts.index(c.random.choice(taken)) - c.between(0, count - 1)
    first = max(0, min(first, len(hosts) - count))
    return hosts[first : first + count]


def asked_by_kernel(c, addresses: list[str]):
    """The host's kernel asks who has an address of its segment before it can be probed; of those that nobody has, only
    the sweep is the reason."""
    taken = {host.address for host in c.network.hosts.values()}
    return frames(c, "arp", [address for address in addresses if address not in taken])


@attack("recon_hostsweep", technique="T1018", tool="arp-scan", origins=NEIGHBOURS, packages=("arp-scan",), seconds=25)
def arp_scan(c):
    targets = swept(c, 200)
    return Assault(
        words(
            "arp-scan -q -I",
            c.host.device,
            f"--interval {c.between(5, 60)} --retry {c.between(1, 2)}",
            maybe(c, 0.4, "--random"),
            f"{targets[0]}-{targets[-1]}",
        ),
        evidence=frames(c, "arp", targets),
    )


@attack(
    "recon_hostsweep", technique="T1018", tool="netdiscover", origins=NEIGHBOURS, packages=("netdiscover",), seconds=25
)
def netdiscover_sweep(c):
    return Assault(
        words(
            f"TERM=vt100 timeout {c.between(10, 20)} netdiscover -P -N -i",
            c.host.device,
            f"-r {segment(c)} -s {c.between(5, 40)}",
        ),
        evidence=frames(c, "arp", [str(address) for address in segment(c).hosts()], sources=(c.host.mac,)),
    )


@attack("recon_hostsweep", technique="T1018", tool="arping", origins=NEIGHBOURS, packages=("arping",), seconds=30)
def arping_sweep(c):
    targets = swept(c, 80)
    return Assault(
        f"printf '%s\\n' {' '.join(targets)} | xargs -P {c.between(2, 8)} -I TARGET arping -q -c1"
        f" -w {c.choose(0.3, 0.5, 1)} -I {c.host.device} TARGET",
        evidence=frames(c, "arp", targets),
    )


@attack("recon_hostsweep", technique="T1018", tool="nmap -sn", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_sweep(c):
    targets = swept(c, 80)
    last = targets[-1].rsplit(".", 1)[1]
    probes = c.choose(
        "-PE",
        f"-PS{c.choose(22, 80, 443)}",
        "-PE -PS443 -PA80 -PP",
        f"-PU{c.choose(53, 161, 40125)}",
        f"-PE -PS{c.choose('80,443', '22,445')}",
    )
    return Assault(
        words(
            "nmap -n -sn --send-ip --disable-arp-ping",
            probes,
            f"--max-retries {c.between(0, 1)}",
            f"{targets[0]}-{last}",
        ),
        evidence=asked_by_kernel(c, targets),
        variant=probes,
    )


@attack("recon_hostsweep", technique="T1018", tool="fping", origins=ANYWHERE, packages=("fping",), seconds=30)
def fping_sweep(c):
    targets = swept(c, 120)
    return Assault(
        words(
            "fping -q",
            f"-r {c.between(0, 1)} -i {c.between(5, 50)} -b {c.between(16, 200)}",
            f"-g {targets[0]} {targets[-1]}",
        ),
        evidence=asked_by_kernel(c, targets),
    )


@attack(
    "recon_hostsweep", technique="T1018", tool="ping loop", origins=ANYWHERE, packages=("iputils-ping",), seconds=30
)
def ping_sweep(c):
    targets = swept(c, 60)
    return Assault(
        f"printf '%s\\n' {' '.join(targets)} | xargs -P {c.between(2, 20)} -I TARGET ping -q -n -c1 -W1"
        f" -s {c.between(0, 200)} TARGET",
        evidence=asked_by_kernel(c, targets),
    )
