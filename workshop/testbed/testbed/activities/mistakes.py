"""Logins that fail without anybody attacking: passwords mistyped, and passwords that a program was not told have
changed. They are the counterpart of guessing."""

from __future__ import annotations

from collections.abc import Callable
from shlex import quote

from testbed.activities.common import EVERYBODY, PEOPLE, SSH_OPTIONS, own_site
from testbed.catalogue import activity
from testbed.context import Context

PACKAGES = (
    "sshpass",
    "openssh-client",
    "curl",
    "smbclient",
    "swaks",
    "inetutils-telnet",
    "ldap-utils",
    "postgresql",
    "mariadb-client",
)


def doors(context: Context, name: str) -> dict[str, Callable[[str], str]]:
    """By what is offered: a command that logs in once as this user with a password, already quoted."""
    network = context.network
    address = {
        offer: context.server(offer).address
        for offer in (
            "ssh",
            "mailboxes",
            "ftp",
            "files",
            "web",
            "shop",
            "mail",
            "telnet",
            "directory",
            "postgresql",
            "mysql",
        )
        if network.has(offer)
    }
    agreed = context.conventions
    curl = f"curl -sk -m 8 -o got.txt -u {name}:"
    secure = context.choose("imap", "imaps", "pop3", "pop3s")
    ways = {
        "ssh": lambda secret: (
            f"sshpass -p {secret} ssh {SSH_OPTIONS} -o NumberOfPasswordPrompts=1"
            f" -o PubkeyAuthentication=no {name}@{address['ssh']} true"
        ),
        "mailboxes": lambda secret: f"{curl}{secret} {secure}://{address['mailboxes']}/",
        "ftp": lambda secret: f"{curl}{secret} ftp://{address['ftp']}/",
        "files": lambda secret: f"smbclient -U {name}%{secret} //{address['files']}/docs -c ls",
        "web": lambda secret: f"{curl}{secret} http://{address['web']}/private/",
        "shop": lambda secret: (
            f"curl -sk -m 8 -o got.txt -d user={name} --data-urlencode pass={secret}"
            f" http://{address['shop']}:8080{agreed.shop}/login"
        ),
        "mail": lambda secret: (
            f"swaks --server {address['mail']} --hide-all --from {name}@{network.domain} --to"
            f" {name}@{network.domain} --auth LOGIN --auth-user {name} --auth-password {secret}"
            " --quit-after AUTH"
        ),
        "telnet": lambda secret: (
            f"(sleep 1; echo {name}; sleep 1; echo {secret}; sleep 2; echo exit; sleep 0.5)"
            f" | timeout 9 telnet {address['telnet']}"
        ),
        "directory": lambda secret: (
            f"ldapwhoami -x -H ldap://{address['directory']} -D cn={name},{agreed.directory_base} -w {secret}"
        ),
        "postgresql": lambda secret: (
            f"PGPASSWORD={secret} psql -qAt -h {address['postgresql']} -U {name} -c 'select 1' {agreed.database}"
        ),
        "mysql": lambda secret: (
            f"mariadb --no-defaults -h {address['mysql']} -u{name} -p{secret} -e 'select 1' {agreed.database}"
        ),
    }
    return {offer: way for offer, way in ways.items() if offer in address}


def mistyped(context: Context, password: str) -> str:
    """The password with a slip: a letter less, two swapped, capitals, the wrong one."""
    at = context.between(1, len(password) - 2)
    return context.choose(
        password[:-1],
        password[1:],
        password.swapcase(),
        password + context.choose("1", "!", "0"),
        password[:at] + password[at + 1] + password[at] + password[at + 2 :],
        "Welcome2023",
    )


@activity("password_mistyped", weight=2.2, roles=PEOPLE, packages=PACKAGES, seconds=60, hard_negative="brute_ssh")
def password_mistyped(context):
    """Wrong once to three times, then right; a pause before each new try."""
    user = context.user()
    login = context.choose(*doors(context, user.name).values())
    tries = [mistyped(context, user.password) for _ in range(context.choose(1, 1, 1, 2, 2, 3))] + [user.password]
    return "; ".join(f"{login(quote(secret))}; sleep {context.between(0.8, 6.0)}" for secret in tries)


@activity("password_stale", weight=0.6, roles=EVERYBODY, packages=PACKAGES, seconds=130, hard_negative="brute_mail")
def password_stale(context):
    """A program that goes on with the same old password until somebody notices."""
    user, period = context.user(), context.between(1.5, 12.0)
    login = context.choose(*doors(context, user.name).values())
    old = quote(mistyped(context, user.password))
    return "; ".join(
        f"{login(old)}; sleep {period}" for _ in range(context.between(3, max(4, min(14, int(90 / (period + 3))))))
    )


@activity("login_round", weight=0.7, roles=PEOPLE, packages=PACKAGES, seconds=90, hard_negative="brute_http")
def login_round(context):
    """A morning's logins: one user, several servers, a slip now and then."""
    user = context.user()
    ways = list(doors(context, user.name).values())
    chosen = context.random.sample(ways, min(len(ways), context.between(2, 5)))
    secrets = [mistyped(context, user.password) if context.chance(0.2) else user.password for _ in chosen]
    return "; ".join(f"{way(quote(secret))}; sleep {context.between(0.5, 5.0)}" for way, secret in zip(chosen, secrets))


@activity("search_blocked", weight=0.8, roles=PEOPLE, needs=("web",), packages=("curl",), hard_negative="web_dirbust")
def search_blocked(context):
    """Somebody without a login who tries members' pages, and pages that have moved."""
    address, site = own_site(context)
    steps = []
    for _ in range(context.between(1, 6)):
        page = context.choose(*site.pages)
        path = context.choose("/private/", "/private/index.html", page.removesuffix("l"), f"/old{page}")
        steps.append(f"curl -sk -m 6 -o got.html http://{address}{path}; sleep {context.between(0.3, 3.0)}")
    return "; ".join(steps)
