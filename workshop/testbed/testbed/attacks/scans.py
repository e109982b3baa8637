"""Scans of ports: which are open."""

from ipaddress import ip_address

from testbed.attacks.material import ANYWHERE, INSIDE, frames, hardware_address, machines, maybe, others, segment, words
from testbed.catalogue import Assault, attack

# Without it nmap writes frames itself, and nothing names the process that opened a flow.
NMAP = "nmap -n -Pn --send-ip"
SERVICES = (
    21,
    22,
    23,
    25,
    53,
    80,
    110,
    143,
    389,
    443,
    445,
    502,
    873,
    993,
    995,
    1883,
    3306,
    5432,
    6379,
    8080,
    8888,
    9418,
    11211,
)


def span(c, fewest: int, most: int) -> tuple[int, int]:
    """First and last of so many ports; low ones are likelier."""
    first = c.choose(c.between(1, 60), c.between(1, 1000), c.between(1000, 9000))
    return first, first + c.between(fewest, most) - 1


def ports(c, fewest: int, most: int) -> str:
    """An option of nmap's for so many ports."""
    first, last = span(c, fewest, most)
    some = ",".join(map(str, c.random.sample(SERVICES, c.between(3, 9))))
    return c.choose(f"--top-ports {c.between(fewest, most)}", f"-p {first}-{last}", f"-p {first}-{last},{some}")


@attack("scan_syn", technique="T1046", tool="nmap -sS", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_syn(c):
    return Assault(
        words(
            NMAP,
            "-sS",
            f"-T{c.between(3, 4)}",
            f"--max-retries {c.between(0, 2)}",
            ports(c, 80, 350),
            maybe(c, 0.4, "--randomize-hosts"),
            maybe(c, 0.4, f"-g {c.choose(20, 53, 80, 443)}"),
            maybe(c, 0.3, f"--data-length {c.between(1, 60)}"),
            maybe(c, 0.3, f"--ttl {c.between(37, 200)}"),
            maybe(c, 0.3, f"--max-rate {c.between(40, 200)}"),
            machines(c, c.between(1, 3)),
        )
    )


@attack("scan_syn", technique="T1046", tool="hping3 --scan", origins=ANYWHERE, packages=("hping3",), seconds=25)
def hping_syn_scan(c):
    first, last = span(c, 100, 300)
    return Assault(
        words("hping3 --scan", f"{first}-{last}", "-S", maybe(c, 0.4, f"-w {c.choose(512, 1024, 64240)}"), machines(c))
    )


@attack("scan_syn", technique="T1046", tool="masscan", origins=("outside",), packages=("masscan",), seconds=25)
def masscan_syn(c):
    first, last = span(c, 60, 250)
    targets = others(c, c.between(1, 3))
    return Assault(
        words(
            "masscan",
            f"--rate {c.between(40, 300)}",
            "--wait 2",
            f"-p{first}-{last}",
            f"--interface {c.host.device} --source-ip {c.host.address}",
            f"--seed {c.between(1, 10**6)}",
            *targets,
        ),
        evidence=frames(c, "tcp", targets, range(first, last + 1)),
    )


@attack("scan_syn", technique="T1046", tool="zmap", origins=("outside",), packages=("zmap", "arping"), seconds=30)
def zmap_syn(c):
    hosts = [ip_address(host.address) for host in c.network.hosts.values()]
    parts = [part for part in segment(c).subnets(new_prefix=c.between(26, 28)) if any(host in part for host in hosts)]
    network = c.choose(*parts)
    probed = sorted(c.random.sample(SERVICES, c.between(2, 5)))
    command = "; ".join(
        f"zmap -q -i {c.host.device} -G $hop -p {port} -r {c.between(30, 150)} -c 1 -e {c.between(1, 10**6)}"
        f" -S {c.host.address} -b /dev/null {network} </dev/null"
        for port in probed
    )
    return Assault(
        f"hop={hardware_address(c, str(network[1]))}; {command}",
        evidence=frames(c, "tcp", [str(address) for address in network], probed),
    )


@attack("scan_connect", technique="T1046", tool="nmap -sT", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_connect(c):
    return Assault(
        words(
            "nmap -n -Pn -sT",
            f"-T{c.between(2, 4) if c.chance(0.2) else c.between(3, 4)}",
            f"--max-retries {c.between(0, 1)}",
            ports(c, 60, 250),
            maybe(c, 0.4, f"--scan-delay {c.between(5, 60)}ms"),
            maybe(c, 0.3, f"--max-parallelism {c.between(1, 30)}"),
            machines(c, c.between(1, 2)),
        )
    )


@attack("scan_connect", technique="T1046", tool="nping --tcp-connect", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nping_connect(c):
    first, last = span(c, 60, 200)
    return Assault(f"nping -q --tcp-connect --rate {c.between(10, 60)} -c 1 -p {first}-{last} {machines(c)}")


@attack("scan_connect", technique="T1046", tool="netcat", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=30)
def netcat_connect(c):
    first, last = span(c, 60, 180)
    return Assault(
        "; ".join(
            f"seq {first} {last} | xargs -P {c.between(1, 12)} -I PORT nc.openbsd -z -n -w1 {target} PORT"
            for target in others(c, c.between(1, 2))
        )
    )


@attack("scan_connect", technique="T1046", tool="bash", origins=INSIDE, seconds=30)
def bash_connect(c):
    first, last = span(c, 60, 200)
    order = c.choose(f"seq {first} {last}", f"shuf -i {first}-{last} --random-source=<(yes {c.between(1, 999)})")
    return Assault(
        f'for port in $({order}); do timeout 1 bash -c "</dev/tcp/{machines(c)}/$port" && echo $port;'
        f" sleep {c.between(0.0, 0.1)}; done"
    )


@attack("scan_stealth", technique="T1046", tool="nmap stealth", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_stealth(c):
    kind = c.choose("-sF", "-sN", "-sX", "-sM", "-sA", "-sW", "-sS --scanflags URGPSH", "-sS --scanflags FINPSHURGACK")
    return Assault(
        words(
            NMAP,
            kind,
            f"--max-retries {c.between(0, 1)}",
            ports(c, 60, 160),
            maybe(c, 0.3, f"-g {c.choose(20, 53, 443)}"),
            machines(c),
        ),
        variant=kind,
    )


@attack("scan_stealth", technique="T1046", tool="hping3 --scan", origins=ANYWHERE, packages=("hping3",), seconds=30)
def hping_stealth(c):
    first, last = span(c, 60, 160)
    kind = c.choose("-F", "-F -P -U", "-A", "-X -Y", "-P", "-F -A")
    return Assault(f"hping3 --scan {first}-{last} {kind} {machines(c)}", variant=kind)


@attack("scan_udp", technique="T1046", tool="nmap -sU", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_udp(c):
    return Assault(
        words(
            NMAP,
            "-sU",
            f"--max-retries {c.between(0, 1)} --min-rate {c.between(10, 60)}",
            ports(c, 40, 140),
            maybe(c, 0.4, f"--data-length {c.between(4, 80)}"),
            machines(c, c.between(1, 2)),
        )
    )


@attack("scan_udp", technique="T1046", tool="nping --udp", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nping_udp(c):
    first, last = span(c, 40, 150)
    return Assault(
        words(
            "nping -q --send-ip --udp -c 1",
            f"--rate {c.between(10, 60)} -p {first}-{last}",
            f"--data-length {c.between(1, 100)}",
            machines(c),
        )
    )


@attack("scan_udp", technique="T1046", tool="netcat", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=30)
def netcat_udp(c):
    first, last = span(c, 30, 80)
    return Assault(
        f"seq {first} {last} | xargs -P {c.between(4, 16)} -I PORT timeout 3 nc.openbsd -v -z -u -n -w1"
        f" {machines(c)} PORT"
    )
