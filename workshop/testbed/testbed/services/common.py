"""What several services need first: accounts of users on the machine, certificates, names of the own network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from testbed.context import Context

ALIASES = {
    "web": "www",
    "shop": "shop",
    "mail": "mail",
    "files": "files",
    "database": "db",
    "directory": "ldap",
    "messages": "mqtt",
    "git": "git",
    "proxy": "proxy",
    "voice": "sip",
    "chat": "chat",
    "time": "ntp",
}


def accounts(context: Context) -> tuple[str, ...]:
    """Commands that give every user files at home and a key for SSH. The hosts of a campaign share one file system, so
    the first service that comes makes them."""
    lines = ["set -e", "exec 9>/home/.accounts.lock", "flock 9"]
    for user in context.network.users:
        home = f"/home/{user.name}"
        lines += [
            f"if [ ! -e {home}/.hushlogin ]; then",
            f"  install -d -m 700 {home}/.ssh",
            f"  ssh-keygen -q -t ed25519 -N '' -f {home}/.ssh/id_ed25519",
            f"  cp {home}/.ssh/id_ed25519.pub {home}/.ssh/authorized_keys",
            *(
                f"  head -c {context.typical(80_000, 1.2, 3_000_000)} /dev/urandom > {home}/{name}"
                for name in ("report.pdf", "notes.txt", "table.xlsx", "archive.zip")
            ),
            f"  touch {home}/.hushlogin",
            f"  chown -R {user.name}: {home}",
            "fi",
        ]
    return (f"bash {context.write('accounts.sh', chr(10).join(lines) + chr(10))}",)


@dataclass(frozen=True)
class Certificate:
    """A key and a certificate that it signed itself; `commands` make the files."""

    commands: tuple[str, ...]
    certificate: Path
    key: Path
    both: Path


def certificate(context: Context, *names: str) -> Certificate:
    """A certificate for the host's names and addresses, of the kind of key that the network prefers."""
    domain = context.network.domain
    names = names or (f"{context.host.name}.{domain}", f"*.{domain}")
    subjects = ",".join([f"DNS:{name}" for name in names] + [f"IP:{context.host.address}"])
    kind = "ec -pkeyopt ec_paramgen_curve:prime256v1" if context.conventions.elliptic_keys else "rsa:2048"
    folder = context.folder
    made = Certificate((), folder / "certificate.pem", folder / "key.pem", folder / "both.pem")
    return Certificate(
        (
            (
                f"openssl req -x509 -newkey {kind} -nodes -days {context.between(90, 800)} -subj /CN={names[0]}"
                f" -addext subjectAltName={quote(subjects)} -keyout {made.key} -out {made.certificate}"
            ),
            f"cat {made.key} {made.certificate} > {made.both}",
            f"chmod 644 {made.key} {made.both}",
        ),
        made.certificate,
        made.key,
        made.both,
    )


def passwords(context: Context) -> tuple[Path, tuple[str, ...]]:
    """A file of the users' names and hashed passwords as web servers read it, and the commands that make it."""
    path = context.folder / "passwords"
    return path, tuple(
        f"htpasswd -b{'c' if first else ''} {path} {user.name} {quote(user.password)}"
        for first, user in zip([True] + [False] * 99, context.network.users)
    )


def corporate_names(context: Context) -> dict[str, str]:
    """Names of the own network with their addresses: every host, and what its services are usually called."""
    names = {}
    for host in context.network.hosts.values():
        names.setdefault(host.name, host.address)
        for offer in sorted(host.offers & ALIASES.keys()):
            names.setdefault(ALIASES[offer], host.address)
    return {f"{name}.{context.network.domain}": address for name, address in names.items()}
