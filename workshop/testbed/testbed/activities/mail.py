"""Mail as people send and read it, and as their programs look for it."""

from __future__ import annotations

from testbed.activities.common import PEOPLE, letter, login, pause, repeat, word
from testbed.catalogue import activity
from testbed.context import Context


@activity("mail_send", weight=2.5, roles=PEOPLE, needs=("mail",), packages=("swaks",))
def mail_send(context):
    """To somebody inside or outside, with or without login, TLS and attachment."""
    name, password = login(context)
    domain, size = context.network.domain, context.typical(9_000, 1.5, 900_000)
    other = f"{context.user().name}@{domain}" if context.chance(0.6) else f"{word(context)}@{context.network.site()[0]}"
    secret = (
        f"--auth {context.choose('LOGIN', 'PLAIN')} --auth-user {name} --auth-password {password}"
        if context.chance(0.6)
        else ""
    )
    attached = "--attach @letter.bin" if context.chance(0.5) else f"--body '{letter(context, 30)}'"
    return (
        f"head -c {size} /dev/urandom > letter.bin; swaks --server {context.server('mail').address} --hide-all"
        f" {context.choose('', '--tls-optional')} --helo {context.host.name}.{domain} --from {name}@{domain} --to"
        f" {other} {secret} {attached} --h-Subject '{word(context)} {word(context)}'"
    )


@activity("mail_notice", weight=0.8, roles=("server",), needs=("mail",), packages=("swaks",))
def mail_notice(context):
    """A report of a scheduled job."""
    domain = context.network.domain
    return (
        f"swaks --server {context.server('mail').address} --hide-all --from cron@{context.host.name}.{domain}"
        f" --to {context.user().name}@{domain} --body '{letter(context, 40)}'"
    )


@activity("mail_read", weight=4.5, roles=PEOPLE, needs=("mailboxes",), packages=("curl",))
def mail_read(context):
    return "; ".join(
        f"{fetched_mail(context, context.server('mailboxes').address)}; {pause(context, 1.5, 8)}"
        for _ in range(context.between(1, 3))
    )


def fetched_mail(context: Context, address: str, options: str = "") -> str:
    """Some mail fetched by IMAP or POP3, with or without TLS."""
    name, password = login(context)
    start = f"curl -sk -m 15 {options} -u {name}:{password} -o got.mail"
    if context.chance(0.65):
        return (
            f"{start} '{context.choose('imap', 'imaps', 'imaps')}://{address}/INBOX;"
            f"MAILINDEX=[1-{context.between(1, 6)}]'"
        )
    return f"{start} {context.choose('pop3', 'pop3s')}://{address}/{context.choose('', '1', '2', '4')}"


@activity("mail_poll", weight=0.7, needs=("mailboxes",), packages=("curl",), seconds=130, hard_negative="c2_beacon_tcp")
def mail_poll(context):
    """A mail program that looks for new mail at a fixed interval."""
    name, password = login(context)
    kind, period = context.choose("imap", "imaps", "pop3s"), context.between(3.0, 20.0)
    look = f"curl -sk -m 8 -u {name}:{password} -o got.mail {kind}://{context.server('mailboxes').address}/"
    return repeat(context, look, (3, max(4, int(100 / period))), period, context.choose(0.0, 0.05))


@activity("mail_idle", weight=0.6, needs=("mailboxes",), packages=("openssl",), seconds=110)
def mail_idle(context):
    """A connection that waits for new mail for a while."""
    name, password = login(context)
    wait = context.between(10, 80)
    lines = (
        f"sleep 0.5; printf 'a login {name} '; printf %s {password}; printf '\\r\\n'; sleep 0.4; printf 'b select"
        f" INBOX\\r\\n'; sleep 0.4; printf 'c idle\\r\\n'; sleep {wait}; printf 'done\\r\\n'; sleep 0.3; printf 'd"
        " logout\\r\\n'; sleep 0.5"
    )
    return f"({lines}) | timeout 100 openssl s_client -quiet -connect {context.server('mailboxes').address}:993"
