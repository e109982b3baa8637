"""A mail server: STARTTLS, logins of users, mail for the own domain is taken, other mail is passed on to the relay."""

import argparse
import asyncio
import smtplib
import ssl
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailroom:
    def __init__(self, domain: str, relay: str | None):
        self.domain, self.relay = domain, relay

    async def handle_DATA(self, _server, _session, envelope):
        foreign = [address for address in envelope.rcpt_tos if not address.endswith("@" + self.domain)]
        if foreign and self.relay:
            await asyncio.get_running_loop().run_in_executor(None, self.pass_on, envelope, foreign)
        return "250 Taken"

    def pass_on(self, envelope, recipients: list[str]):
        """Undeliverable mail is dropped: nobody reads bounces here."""
        try:
            with smtplib.SMTP(self.relay, 25, timeout=20) as connection:
                connection.sendmail(envelope.mail_from, recipients, envelope.content)
        except (OSError, smtplib.SMTPException):
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domain", required=True)
    parser.add_argument("--members", help="file of name:password lines")
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--relay", help="address of the server that takes mail for other domains")
    options = parser.parse_args()
    members = {}
    if options.members:
        with open(options.members) as lines:
            members = dict(line.rstrip("\n").split(":", 1) for line in lines)

    def authenticate(_server, _session, _envelope, _mechanism, login):
        name = login.login.decode(errors="replace").split("@")[0]
        known = members.get(name) == login.password.decode(errors="replace")
        return AuthResult(success=known, handled=False)

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(options.certificate, options.key)
    controller = Controller(
        Mailroom(options.domain, options.relay),
        hostname="0.0.0.0",
        port=25,
        tls_context=tls,
        authenticator=authenticate,
        auth_require_tls=False,
        server_hostname=f"mail.{options.domain}",
    )
    controller.start()
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
