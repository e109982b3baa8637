"""Mail: submission and relay by SMTP, and the users' mailboxes by IMAP and POP3."""

from __future__ import annotations

from shlex import quote

from testbed.catalogue import Daemon, service
from testbed.conventions import PROGRAMS, WORDS
from testbed.services.common import certificate


@service("smtp", offers=("mail", "smtp"), packages=("python3-aiosmtpd", "swaks"))
def smtp(context):
    """Takes mail for the own domain and from its users; passes on what goes to others, as a company's relay does."""
    tls = certificate(context)
    members = context.write("members", "".join(f"{user.name}:{user.password}\n" for user in context.network.users))
    return Daemon(
        (
            f"/usr/bin/python3 {PROGRAMS}/mailserver.py --domain {context.network.domain} --members {members}"
            f" --certificate {tls.certificate} --key {tls.key} --relay {context.network.internet.address}"
        ),
        (
            f"swaks --server {{address}} --hide-all --from a@{context.network.domain} --to"
            f" {context.network.users[0].name}@{context.network.domain}"
        ),
        setup=tls.commands,
    )


@service("dovecot", offers=("mailboxes",), packages=("dovecot-imapd", "dovecot-pop3d", "openssl"))
def dovecot(context):
    tls, folder = certificate(context), context.folder
    members = context.write(
        "members",
        "".join(
            f"{user.name}:{{PLAIN}}{user.password}:1000:1000::{folder}/mail/{user.name}::\n"
            for user in context.network.users
        ),
    )
    for user in context.network.users:
        fill_mailbox(context, user.name)
    configuration = context.write(
        "dovecot.conf",
        f"""\
protocols = imap pop3
base_dir = {folder}/run
log_path = {folder}/dovecot.log
ssl = yes
ssl_cert = <{tls.certificate}
ssl_key = <{tls.key}
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
first_valid_uid = 500
auth_mechanisms = plain login
auth_failure_delay = {context.between(1, 3)} secs
passdb {{
  driver = passwd-file
  args = {members}
}}
userdb {{
  driver = passwd-file
  args = {members}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
""",
    )
    user = context.network.users[0]
    return Daemon(
        f"dovecot -F -c {configuration}",
        (
            f"curl -sf -m 5 -o /dev/null -u {user.name}:{quote(user.password)} imap://{{address}}/INBOX"
            f" && curl -skf -m 5 -o /dev/null -u {user.name}:{quote(user.password)} pop3s://{{address}}/"
        ),
        setup=(*tls.commands, f"chown -R 1000:1000 {folder}/mail", f"chmod 644 {members}"),
    )


def fill_mailbox(context, name: str):
    """Some mail of the last weeks, from short notes to attachments."""
    for folder in ("cur", "new", "tmp"):
        context.write(f"mail/{name}/Maildir/{folder}/.keep", "")
    for number in range(context.between(6, 14)):
        words = context.random.choices(WORDS, k=context.typical(150, 1.2, 40_000))
        lines = "\n".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))
        context.write(
            f"mail/{name}/Maildir/new/{number}.mail",
            (
                f"From: {context.choose(*WORDS)}@example.net\nTo: {name}@{context.network.domain}\n"
                f"Subject: {' '.join(words[:4])}\n\n{lines}\n"
            ),
        )
