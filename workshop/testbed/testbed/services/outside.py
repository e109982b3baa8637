"""What the attacker's host in the internet offers, to those that it caught and to passers-by: web pages and an API that
takes whatever it is sent, with and without TLS, and listeners that take bare bytes."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.conventions import PROGRAMS, ZONES
from testbed.services.common import accounts, certificate


@service("outside-web", offers=("web",), packages=())
def outside_web(context):
    """On port 8000."""
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/shop.py --port 8000 --path /shop",
        "curl -sf -m 6 -o /dev/null http://{address}:8000/",
    )


@service("outside-tls", offers=("web-tls",), packages=("socat", "openssl"))
def outside_tls(context):
    """On ports 443 and 8443, in front of port 8000."""
    tls = certificate(context)
    listen = ",".join((f"cert={tls.both}", "verify=0", "fork", "reuseaddr"))
    return Daemon(
        (
            f"bash -c 'socat OPENSSL-LISTEN:443,{listen} TCP4:127.0.0.1:8000 &"
            f" exec socat OPENSSL-LISTEN:8443,{listen} TCP4:127.0.0.1:8000'"
        ),
        "curl -skf -m 6 -o /dev/null https://{address}/ && curl -skf -m 6 -o /dev/null https://{address}:8443/",
        setup=tls.commands,
    )


@service("outside-sinks", offers=("sinks",), packages=("ncat", "openssl"))
def outside_sinks(context):
    """Bare bytes on port 9001, and within TLS on port 9443; whatever comes is thrown away."""
    tls = certificate(context)
    return Daemon(
        (
            "bash -c 'ncat --listen --keep-open 9001 --recv-only >/dev/null &"
            f" exec ncat --listen --keep-open 9443 --recv-only --ssl --ssl-cert {tls.certificate}"
            f" --ssl-key {tls.key} >/dev/null'"
        ),
        "nc.openbsd -z -w 3 {address} 9001 && nc.openbsd -z -w 3 {address} 9443",
        setup=tls.commands,
    )


@service("outside-ssh", offers=("ssh",), packages=("openssh-server",))
def outside_ssh(context):
    """Takes the users' keys and passwords, as a stolen copy of them."""
    folder = context.folder
    return Daemon(
        (
            f"/usr/sbin/sshd -D -e -f /dev/null -h {folder}/host_ed25519 -o PidFile={folder}/sshd.pid -o UseDNS=no"
            " -o UsePAM=yes -o KbdInteractiveAuthentication=no -o LogLevel=ERROR -o GatewayPorts=yes"
            " -o 'Subsystem sftp internal-sftp'"
        ),
        "nc.openbsd -z -w 3 {address} 22",
        setup=("mkdir -p /run/sshd", f"ssh-keygen -q -N '' -t ed25519 -f {folder}/host_ed25519", *accounts(context)),
    )


@service("outside-names", offers=("zones",), packages=("bind9-dnsutils",))
def outside_names(_context):
    """Port 53 of the attacker's zones, shared among the name servers of attack runs."""
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/front.py --folder {ZONES}",
        "dig @{address} probe.test +tries=1 +time=3 | grep -q NOERROR",
    )
