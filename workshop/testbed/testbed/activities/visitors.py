"""People out there who use the network's servers: guests of the website, customers, staff who work from home, other
companies' mail servers. Some of them sit behind the address that attacks come from too."""

from __future__ import annotations

from testbed.activities.common import account, letter, login, own_site, pause, scheme, upload, user_agent, visit, word
from testbed.activities.mail import fetched_mail
from testbed.catalogue import activity
from testbed.context import Context

FAR = ("internet", "outside")


def source(context: Context) -> str:
    """The address that the visitor comes from: one of many in the internet, the only one of the outside host."""
    return context.choose(*context.network.visitors) if context.host.role == "internet" else context.host.address


@activity("guest_page", weight=14, roles=FAR, needs=("web",), packages=("curl",))
def guest_page(context):
    address, site = own_site(context)
    come_from = f"--interface {source(context)}"
    return "; ".join(
        f"{visit(context, f'{scheme(context)}://{address}', site, come_from)}; {pause(context, 2, 10)}"
        for _ in range(context.between(1, 4))
    )


@activity("guest_shop", weight=5, roles=FAR, needs=("web", "shop"), packages=("curl",), hard_negative="web_sqli")
def guest_shop(context):
    """A customer who searches, looks and logs in, not always at the first try."""
    address, agreed = own_site(context)[0], context.conventions
    name, password = login(context)
    start = f"curl -sk -m 10 --interface {source(context)} -A {user_agent(context)} -o got.html"
    base = f"{scheme(context)}://{address}{agreed.shop}"
    steps = [
        f"{start} '{base}/search?q={context.choose(word(context), f'item-{context.between(1, 99)}')}'",
        f"{start} '{base}/item?{agreed.item}={context.between(1, 299)}'",
        f"{start} -d user={name} -d pass={word(context)} {base}/login",
        f"{start} -d user={name} --data-urlencode pass={password} {base}/login",
    ]
    taken = context.random.sample(steps, context.between(1, 4))
    return "; ".join(f"{step}; {pause(context, 2, 8)}" for step in taken)


@activity(
    "guest_crawler",
    weight=0.8,
    roles=("internet",),
    needs=("web",),
    packages=("wget",),
    seconds=60,
    hard_negative="web_dirbust",
)
def guest_crawler(context):
    """A search engine's robot."""
    address, _ = own_site(context)
    return (
        f"timeout 50 wget -q -r -l 3 -Q {context.between(1, 3)}m --delete-after"
        f" --bind-address={source(context)} --wait={context.between(0.05, 0.8)} -U 'Mozilla/5.0 (compatible;"
        f" {word(context)}bot/2.{context.between(0, 9)})' --no-check-certificate {scheme(context)}://{address}/; true"
    )


@activity(
    "guest_api",
    weight=3,
    roles=FAR,
    needs=("web", "shop"),
    packages=("curl",),
    seconds=90,
    hard_negative="c2_beacon_https",
)
def guest_api(context):
    """A partner's program that calls the interface, at once or at an interval."""
    address, agent, where = own_site(context)[0], user_agent(context), source(context)
    wait = context.between(0.3, 8.0)
    return "; ".join(
        f"curl -sk -m 8 --interface {where} -A {agent} -o got.json https://{address}/api/v2/{word(context)}; sleep"
        f" {wait}"
        for _ in range(context.between(1, max(2, min(12, int(70 / wait)))))
    )


@activity("guest_upload", weight=1, roles=("internet",), needs=("web", "shop"), packages=("curl",))
def guest_upload(context):
    return upload(
        context,
        context.typical(40_000, 1.3, 1_500_000),
        f"https://{own_site(context)[0]}/up/{word(context)}{context.between(1, 99)}",
        f"--interface {source(context)}",
    )


@activity("mail_arrival", weight=4, roles=FAR, needs=("mail",), packages=("swaks",))
def mail_arrival(context):
    """Mail from other companies' servers."""
    name = context.network.site()[0]
    return (
        f"swaks --server {context.server('mail').address} --local-interface {source(context)} --hide-all --helo"
        f" mail.{name} {context.choose('--tls-optional', '')} --from {word(context)}@{name} --to"
        f" {context.user().name}@{context.network.domain} --h-Subject '{word(context)} {word(context)}' --body"
        f" '{letter(context, 120)}'"
    )


@activity("remote_mailbox", weight=2, roles=FAR, needs=("mailboxes",), packages=("curl",))
def remote_mailbox(context):
    return fetched_mail(context, context.server("mailboxes").address, f"--interface {source(context)}")


@activity(
    "remote_work",
    weight=1.5,
    roles=FAR,
    needs=("ssh",),
    packages=("openssh-client", "sshpass"),
    seconds=60,
    hard_negative="brute_ssh",
)
def remote_work(context):
    """Staff at home: a command or a short session, with a wrong password now and then."""
    user, address = account(context), context.server("ssh").address
    start = f"{user.run('ssh')} -b {source(context)} {user.name}@{address}"
    if context.chance(0.5):
        return f"{start} '{context.choose('uptime', 'ls -la', 'df -h', 'ps aux')}'"
    wrong = (
        f"sshpass -p {word(context)} ssh {user.options.split(' -o BatchMode')[0]} -o PubkeyAuthentication=no"
        f" -o NumberOfPasswordPrompts=1 -b {source(context)} {user.name}@{address} true; {pause(context)}; "
        if context.chance(0.4)
        else ""
    )
    lines = "; ".join(
        f"{pause(context, 2, 8)}; echo {context.choose('ls', 'date', 'w', 'df')}" for _ in range(context.between(1, 5))
    )
    return f"{wrong}({lines}; echo exit) | {start.replace('ssh -o', 'ssh -tt -o', 1)}"


@activity("remote_files", weight=0.7, roles=FAR, needs=("ftp",), packages=("curl",))
def remote_files(context):
    name, password = login(context)
    return (
        f"curl -s -m 40 --interface {source(context)} -u {name}:{password} -o got.bin"
        f" ftp://{context.server('ftp').address}/{context.choose('report.pdf', 'notes.txt', 'table.xlsx')}"
    )


@activity("guest_lookup", weight=2, roles=("outside",), needs=("dns",), packages=("bind9-dnsutils",))
def guest_lookup(context):
    """Questions to the network's own name server from out there."""
    names = [
        f"{name}.{context.network.domain}"
        for name in ("www", "mail", "ftp", "ns1", context.network.domain.split(".")[0])
    ]
    asked = " ".join(
        f"{context.choose(*names)} {context.choose('A', 'A', 'MX', 'TXT', 'NS')}" for _ in range(context.between(1, 4))
    )
    return f"dig +tries=1 +time=3 @{context.network.resolver} {asked}"
