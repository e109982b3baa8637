"""What attackers bring along: targets, accounts, passwords, paths, user agents, and the receiving end of what they take
away. Everything is drawn anew for each run."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from testbed.catalogue import Evidence
from testbed.context import Context
from testbed.conventions import PROGRAMS, WORDS, ZONES

ANYWHERE = ("outside", "client", "intruder", "server")
INSIDE = ("client", "intruder", "server")
NEIGHBOURS = ("intruder", "client")

SSH = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=8"

DEFAULT_ACCOUNTS = (
    "root admin administrator oracle test guest ubuntu pi user support ftp mysql postgres www backup "
    "git nagios deploy tomcat operator service supervisor"
).split()
COMMON_PASSWORDS = (
    "123456 password 12345678 qwerty abc123 monkey letmein dragon 111111 baseball iloveyou trustno1 "
    "sunshine master welcome shadow ashley football michael ninja mustang password1 admin root toor "
    "changeme default guest 1234 12345 pass 888888 54321 raspberry ubnt service system private public "
    "secret login hello princess flower starwars whatever qazwsx 123123 654321 superman"
).split()
WEB_NAMES = (
    "admin backup bin cache cgi-bin config console css data db debug demo dev dist download files git home "
    "images img include index info install js lib log login logs mail manager media menu news old panel php "
    "phpmyadmin portal private robots scripts search secret server setup shop sql src staff static stats store "
    "sys system temp test tmp tools upload uploads user users util var vendor web webmail wp-admin wp-content "
    "wp-login xml api app assets auth blog bugs build"
).split()
ENDINGS = ("", "", "", "/", ".php", ".bak", ".old", ".txt", ".zip", ".html", ".json", ".sql", ".asp", "~", ".tar.gz")


def others(c: Context, count: int = 1, servers_only: bool = False) -> list[str]:
    """Addresses of hosts of the own network to attack, never the attacker's."""
    roles = ("server",) if servers_only else ("server", "server", "server", "client")
    found = [h.address for role in roles for h in c.network.hosts.values() if h.role == role and h is not c.host]
    c.random.shuffle(found)
    return list(dict.fromkeys(found))[:count]


def machines(c: Context, count: int = 1) -> str:
    """The same as words of a command."""
    return " ".join(others(c, count))


def segment(c: Context) -> IPv4Network:
    """The network of the attacker's own segment; from outside, one of the segments."""
    segments = c.network.segments
    return (segments.get(c.host.segment) or c.random.choice(list(segments.values()))).network


def forged(c: Context, count: int) -> list[str]:
    """Addresses that nobody has, to stand as sources: of the own segment if there is one, otherwise of the internet."""
    if c.host.segment not in c.network.segments:
        return c.random.sample(list(c.network.spoofed), count)
    taken = {host.address for host in c.network.hosts.values()}
    free = [str(address) for address in list(segment(c).hosts())[1:] if str(address) not in taken]
    return c.random.sample(free, count)


def hardware_address(c: Context, target: str) -> str:
    """Shell that gives the hardware address of the next hop to a target."""
    segments = c.network.segments
    near = c.host.segment in segments and IPv4Address(target) in segments[c.host.segment].network
    return f"$(arping -r -c 1 -w 1 -i {c.host.device} {target if near else c.host.gateway})"


def accounts(c: Context, count: int) -> Path:
    """A file of account names, a few of which exist."""
    names = [user.name for user in c.network.users]
    some = c.random.sample(names, min(len(names), c.between(1, 2)))
    return _lines(c, "accounts", some + c.random.sample(DEFAULT_ACCOUNTS, max(0, count - len(some))))


def passwords(c: Context, count: int, hit: bool = False) -> Path:
    """A file of passwords; with `hit`, one of them is a user's."""
    made = [c.choose(*WORDS).title() + str(c.between(1, 2026)) + c.choose("", "", "!", "#") for _ in range(count // 3)]
    drawn = c.random.sample(COMMON_PASSWORDS, min(len(COMMON_PASSWORDS), count - len(made)))
    if hit:
        drawn[-1:] = [c.user().password]
    return _lines(c, "passwords", made + drawn)


def pairs(c: Context, count: int) -> Path:
    """A file of factory settings, `name:password` on each line."""
    return _lines(c, "pairs", [f"{c.choose(*DEFAULT_ACCOUNTS)}:{c.choose(*COMMON_PASSWORDS)}" for _ in range(count)])


def paths(c: Context, count: int) -> Path:
    """A file of paths of websites without the first slash, a few of which exist."""
    drawn = {
        f"{c.choose(*WEB_NAMES, *WORDS)}{c.choose('', '', '-' + c.choose(*WORDS), str(c.between(1, 9)))}"
        f"{c.choose(*ENDINGS)}"
        for _ in range(count)
    }
    return _lines(c, "paths", sorted(drawn) + ["private/", "index.html", c.conventions.shop.lstrip("/") + "/"])


def labels(c: Context, count: int) -> Path:
    """A file of first labels of domain names."""
    common = "www mail ftp smtp db files ldap mqtt proxy sip chat ntp ns vpn intranet portal shop git".split()
    return _lines(
        c, "labels", common + [c.choose(*WORDS) + c.choose("", "", str(c.between(1, 20))) for _ in range(count)]
    )


def user_agent(c: Context) -> str:
    version = c.between(96, 131)
    return c.choose(
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0"
        " Safari/537.36",
        f"Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0",
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:{version}.0) Gecko/20100101 Firefox/{version}.0",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
        f"Microsoft-WNS/10.{c.between(0, 3)}",
        f"Go-http-client/{c.choose('1.1', '2.0')}",
        f"python-requests/2.{c.between(18, 32)}.{c.between(0, 3)}",
        f"curl/7.{c.between(58, 88)}.{c.between(0, 1)}",
    )


def maybe(c: Context, probability: float, option: str) -> str:
    """The option, or nothing."""
    return option if c.chance(probability) else ""


def words(*parts) -> str:
    """A command of its parts; empty ones are left out."""
    return " ".join(str(part) for part in parts if part != "")


def blob(size: int) -> str:
    """A command that gives so many bytes that do not compress."""
    return f"head -c {size} /dev/urandom"


def text(size: int) -> str:
    """A command that gives about so many bytes of text on one line."""
    return f"{blob(size * 3 // 4)} | base64 -w0"


def pause(period: float, jitter: float = 0.0) -> str:
    """A command that sleeps `period` seconds, more or less by up to the share `jitter`."""
    if not jitter:
        return f"sleep {period}"
    return f"sleep $(awk -v r=$RANDOM 'BEGIN {{ print {period} * (1 + {jitter} * (r / 16384 - 1)) }}')"


def repeat(c: Context, seconds: int, body: str, period: float, jitter: float) -> str:
    """Runs `body` every `period` seconds until the time is over. The shell's own chance is seeded."""
    return (
        f"RANDOM={c.between(1, 32767)}; end=$((SECONDS + {seconds})); while [ $SECONDS -lt $end ]; do {body};"
        f" {pause(period, jitter)}; done"
    )


def program(name: str, *arguments) -> str:
    """One of the testbed's own programs."""
    return words("/usr/bin/python3", PROGRAMS / name, *arguments)


def key_of(c: Context):
    """A user, and the option of an SSH client that names his key."""
    user = c.user()
    return user, f"-i /home/{user.name}/.ssh/id_ed25519"


@dataclass(frozen=True)
class Drop:
    """The receiving end of the attacker: `url` is without a path; the fields of an `Assault` say who listens."""

    address: str
    port: int
    url: str
    assault: dict = field(default_factory=dict)


def drop(c: Context, kind: str, options: str = "") -> Drop:
    """A receiving end of a kind: `http`, `https`, `tcp` or `tls`. Mostly on the attacker's host outside, at times on an
    intruder's box inside; a service that the outside host runs anyway, or a listener of this run."""
    standing = {
        "http": ("outside-web", (8000,)),
        "https": ("outside-tls", (443, 8443)),
        "tcp": ("outside-sinks", (9001,)),
        "tls": ("outside-sinks", (9443,)),
    }
    service, ports = standing[kind]
    if service in c.network.outside.services and c.chance(0.5):
        address, port = c.network.outside.address, c.choose(*ports)
        return Drop(address, port, f"{kind}://{address}:{port}")
    host = collector(c)
    free = {
        "http": (80, 8080, 8008, 8888, 5000),
        "https": (4443, 9444, 10443, 8444),
        "tcp": (5555, 9090, 7000),
        "tls": (8883, 6443, 993, 5061),
    }[kind]
    port = c.choose(*free, *(c.between(10000, 49000) for _ in range(4)))
    command = program("sink.py", kind, "--port", port, "--seed", c.between(1, 10**6), options)
    if kind in ("https", "tls"):
        command = f"{certificate(c)}; exec {command} --certificate cert.pem --key key.pem"
    return Drop(host.address, port, f"{kind}://{host.address}:{port}", listening(command, host))


def collector(c: Context):
    """The host on which the attacker listens."""
    inside = [host for host in c.network.hosts.values() if host.role == "intruder" and host is not c.host]
    return c.random.choice(inside) if inside and c.chance(0.2) else c.network.outside


def listening(command: str, host) -> dict:
    """Fields of an `Assault` whose attacker runs a command on another host."""
    return {"listener": command, "listener_host": host.name}


def certificate(c: Context) -> str:
    """A command that makes `cert.pem` and `key.pem` in the run's folder."""
    kind = c.choose("ec -pkeyopt ec_paramgen_curve:P-256", "rsa:2048")
    name = f"{c.choose(*WORDS)}-{c.choose(*WORDS)}.test"
    return (
        f"openssl req -x509 -newkey {kind} -nodes -days {c.between(7, 400)} -subj /CN={name} -keyout key.pem"
        " -out cert.pem 2>/dev/null"
    )


def zone(c: Context) -> tuple[str, int]:
    """A zone of this run's own below one of the attacker's zones, and the local port that its name server takes."""
    return f"{c.choose(*WORDS)[:3]}{c.between(1, 9999)}.{c.choose(*c.conventions.zones)}", c.between(30000, 60000)


def serving(name: str, port: int, command: str, c: Context) -> dict:
    """Fields of an `Assault` whose attacker runs a name server for a zone outside."""
    return listening(f"echo {port} > {ZONES}/{name}; exec {command}", c.network.outside)


def frames(c: Context, protocol: str, targets=(), ports=(), sources=None) -> tuple[Evidence, ...]:
    """Evidence for a tool that writes frames past the kernel's sockets; by default with its host's own address."""
    return (Evidence(protocol, tuple(sources or (c.host.address,)), tuple(targets), tuple(ports)),)


def _lines(c: Context, name: str, entries: list[str]) -> Path:
    c.random.shuffle(entries)
    return c.write(name, "\n".join(entries) + "\n")
