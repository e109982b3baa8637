"""Remote shells: two kinds of SSH servers and the old telnet."""

from __future__ import annotations

from shlex import quote

from testbed.catalogue import Daemon, service
from testbed.services.common import accounts

SSH_OPTIONS = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=8"


def ssh_probe(context) -> str:
    user = context.network.users[0]
    return f"ssh {SSH_OPTIONS} -o BatchMode=yes -i /home/{user.name}/.ssh/id_ed25519 {user.name}@{{address}} true"


@service("openssh", offers=("ssh",), packages=("openssh-server", "openssh-client"))
def openssh(context):
    folder = context.folder
    keys = [f"ssh-keygen -q -N '' -t {kind} -f {folder}/host_{kind}" for kind in ("ed25519", "rsa")]
    options = {
        "HostKey": f"{folder}/host_ed25519",
        "PidFile": f"{folder}/sshd.pid",
        "UseDNS": "no",
        "UsePAM": "yes",
        "KbdInteractiveAuthentication": "no",
        "PasswordAuthentication": "yes",
        "LogLevel": "ERROR",
        "MaxStartups": "100:30:200",
        "MaxAuthTries": context.between(3, 8),
        "PermitTunnel": "yes",
        "PrintMotd": "no",
        "Subsystem": "'sftp internal-sftp'",
    }
    given = " ".join(f"-o {name}={value}" for name, value in options.items())
    return Daemon(
        f"/usr/sbin/sshd -D -e -f /dev/null -h {folder}/host_rsa {given}",
        ssh_probe(context),
        setup=("mkdir -p /run/sshd", *keys, *accounts(context)),
    )


@service("dropbear", offers=("ssh",), packages=("dropbear-bin", "openssh-client"))
def dropbear(context):
    keys = [f"dropbearkey -t {kind} -f {context.folder}/host_{kind}" for kind in ("ed25519", "rsa")]
    return Daemon(
        (
            f"dropbear -F -E -p 22 -T {context.between(3, 8)} -P {context.folder}/dropbear.pid"
            f" -r {context.folder}/host_ed25519 -r {context.folder}/host_rsa"
        ),
        ssh_probe(context),
        setup=(*keys, *accounts(context)),
    )


@service("telnetd", offers=("telnet",), packages=("inetutils-telnetd", "openbsd-inetd", "inetutils-telnet"))
def telnetd(context):
    configuration = context.write("inetd.conf", "telnet stream tcp nowait root /usr/sbin/telnetd telnetd\n")
    user = context.network.users[0]
    typed = f"sleep 1; echo {user.name}; sleep 1; echo {quote(user.password)}; sleep 0.5; echo exit"
    return Daemon(
        f"inetd -i -R 4000 {configuration}",
        f"({typed}) | timeout 5 telnet {{address}} | grep -qi login",
        setup=accounts(context),
    )
