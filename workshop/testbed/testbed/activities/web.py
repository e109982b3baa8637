"""People and programs on the web: pages, files, interfaces, uploads."""

from __future__ import annotations

from testbed.activities.common import (
    EVERYBODY,
    PEOPLE,
    far_site,
    own_site,
    pause,
    repeat,
    scheme,
    upload,
    user_agent,
    visit,
    word,
)
from testbed.catalogue import activity

CURL = ("curl",)


@activity("web_page", weight=12, roles=PEOPLE, needs=("web",), packages=CURL)
def web_page(context):
    address, site = own_site(context)
    return "; ".join(
        f"{visit(context, f'{scheme(context)}://{address}', site)}; {pause(context)}"
        for _ in range(context.between(1, 4))
    )


@activity("site_visit", weight=15, roles=PEOPLE, needs=("internet:web",), packages=CURL)
def site_visit(context):
    name, site = far_site(context)
    return "; ".join(
        f"{visit(context, f'{scheme(context, 0.9)}://{name}', site)}; {pause(context, 3)}"
        for _ in range(context.between(1, 4))
    )


@activity("web_crawl", weight=1.2, needs=("web",), packages=("wget",))
def web_crawl(context):
    address, site = own_site(context) if context.chance(0.6) else far_site(context)
    return (
        f"timeout 35 wget -q -r -l {context.between(1, 3)} -Q {context.between(1, 4)}m --delete-after -e robots=off"
        f" --wait={context.between(0.05, 0.4)} --random-wait --no-check-certificate -U {user_agent(context)}"
        f" {scheme(context)}://{address}{context.choose(*site.pages)}; true"
    )


@activity("web_download", weight=2, roles=PEOPLE, needs=("web",), packages=("curl", "aria2"), seconds=60)
def web_download(context):
    address, site = own_site(context) if context.chance(0.4) else far_site(context)
    path = context.choose(*site.downloads)
    if context.chance(0.2):
        return (
            f"aria2c -q --check-certificate=false -x {context.between(2, 5)} -k 1M --file-allocation=none"
            f" --timeout=10 -m 1 -o file.bin http://{address}{path}"
        )
    part = f"-r {context.between(0, 50_000)}-{context.between(80_000, 400_000)}" if context.chance(0.3) else ""
    rate = f"--limit-rate {context.between(200, 3000)}k" if context.chance(0.6) else ""
    return (
        f"curl -sk -m 55 {part} {rate} -A {user_agent(context)} -o /dev/null {scheme(context, 0.8)}://{address}{path}"
    )


@activity("web_upload", weight=1.8, roles=PEOPLE, needs=("web", "shop"), packages=CURL, hard_negative="exfil_http")
def web_upload(context):
    address = own_site(context)[0] if context.chance(0.5) else far_site(context)[0]
    size = context.typical(60_000, 1.4, 4_000_000)
    return upload(context, size, f"{scheme(context, 0.8)}://{address}/up/{word(context)}{context.between(1, 999)}")


@activity("web_api", weight=6, roles=EVERYBODY, needs=("web", "shop"), packages=CURL)
def web_api(context):
    """An application that calls an interface some times over: reads, forms and JSON."""
    address, agent = own_site(context)[0], user_agent(context)
    calls = []
    for _ in range(context.between(1, 8)):
        body = context.choose(
            "",
            "",
            f"-d {word(context)}={context.between(1, 10**6)}",
            f"-H 'Content-Type: application/json' -d '{{\"{word(context)}\":\"{context.random.getrandbits(200):x}\"}}'",
        )
        calls.append(
            f"curl -sk -m 8 -A {agent} {body} -o /dev/null {scheme(context)}://{address}/api/v1/{word(context)};"
            f" {pause(context, 0.6, 5)}"
        )
    return " ".join(f"{call};" for call in calls)


@activity("shop_browse", weight=3, roles=PEOPLE, needs=("web", "shop"), packages=CURL, hard_negative="web_sqli")
def shop_browse(context):
    """Somebody looks at items and searches for some, now and then with an apostrophe in the words."""
    address, agreed, agent = own_site(context)[0], context.conventions, user_agent(context)
    steps = []
    for _ in range(context.between(2, 9)):
        searched = context.choose(
            f"item-{context.between(1, 99)}", f"O%27{word(context)}", f"{word(context)}+{word(context)}"
        )
        path = context.choose(f"/item?{agreed.item}={context.between(1, 299)}", f"/search?q={searched}", "")
        steps.append(
            f"curl -sk -m 8 -A {agent} -o /dev/null '{scheme(context)}://{address}{agreed.shop}{path}';"
            f" {pause(context, 1.2, 8)}"
        )
    return " ".join(f"{step};" for step in steps)


@activity(
    "site_poll",
    weight=2,
    roles=EVERYBODY,
    needs=("internet:web",),
    packages=CURL,
    seconds=130,
    hard_negative="c2_beacon_https",
)
def site_poll(context):
    """Software that asks its maker's site for news at a fixed interval."""
    name, agent = far_site(context)[0], user_agent(context)
    path = context.choose("update", "ping", "telemetry", "status", "feed", "v2/check")
    body = context.choose("", "", f"-d @- <<< {context.random.getrandbits(context.between(80, 2400)):x}")
    call = f"curl -sk -m 6 -A {agent} {body} -o /dev/null https://{name}/api/{path}"
    period = context.between(2.0, 12.0)
    return repeat(context, call, (4, min(30, int(110 / (period * 1.2)))), period, context.choose(0.0, 0.02, 0.15))


@activity("web_events", weight=0.9, needs=("web", "shop"), packages=CURL, seconds=120, hard_negative="c2_beacon_https")
def web_events(context):
    """A page that stays open and is sent an event now and then."""
    pace = context.between(0.5, 8.0)
    count = min(60, int(90 / pace))
    return (
        f"curl -skN -m 110 -A {user_agent(context)} -o /dev/null"
        f" '{scheme(context)}://{own_site(context)[0]}/events?n={context.between(3, max(4, count))}&pause={pace}'"
    )


@activity(
    "site_socket",
    weight=0.8,
    needs=("internet:web",),
    packages=("openssl",),
    seconds=90,
    hard_negative="c2_beacon_https",
)
def site_socket(context):
    """One long TLS connection on which a program asks again and again."""
    name = far_site(context)[0]
    wait = context.between(0.5, 5.0)
    asked = f"GET /api/{word(context)} HTTP/1.1\\r\\nHost: {name}\\r\\n\\r\\n"
    lines = "; ".join(f"printf '{asked}'; sleep {wait}" for _ in range(context.between(4, min(24, int(70 / wait)))))
    return f"({lines}) | timeout 80 openssl s_client -quiet -servername {name} -connect {name}:443"


@activity("proxy_visit", weight=2, needs=("proxy", "internet:web"), packages=CURL)
def proxy_visit(context):
    name, site = far_site(context)
    return visit(context, f"{scheme(context)}://{name}", site, f"-x http://{context.server('proxy').address}:8888")


@activity("software_update", weight=0.6, roles=EVERYBODY, needs=("internet:web",), packages=CURL, seconds=75)
def software_update(context):
    """A package manager: lists first, then some packages."""
    name, site = far_site(context)
    agent = context.choose(
        "'Debian APT-HTTP/1.3 (2.6.1)'",
        "'libdnf (Fedora Linux 40)'",
        "'Microsoft-Delivery-Optimization/10.0'",
        "'Windows-Update-Agent/10.0'",
    )
    lists = "; ".join(
        f"curl -s -m 6 -A {agent} -o /dev/null http://{name}{path}"
        for path in context.random.sample(site.pages, context.between(1, 5))
    )
    packages = "; ".join(
        f"curl -s -m 30 -A {agent} --limit-rate {context.between(500, 4000)}k -o /dev/null http://{name}{path}"
        for path in context.random.sample(site.downloads, context.between(1, 3))
    )
    return f"{lists}; {packages}"


@activity(
    "cloud_backup",
    weight=0.5,
    roles=EVERYBODY,
    needs=("internet:web",),
    packages=CURL,
    seconds=75,
    hard_negative="exfil_http",
)
def cloud_backup(context):
    """Files that are kept out there: one large upload, or many pieces with equal pauses."""
    name = far_site(context)[0]
    if context.chance(0.5):
        return upload(
            context,
            context.between(800_000, 5_000_000),
            f"https://{name}/up/backup{context.between(1, 99)}.tar",
            f"--limit-rate {context.between(500, 4000)}k",
        )
    wait = context.between(0.2, 2.0)
    return "; ".join(
        f"head -c {context.typical(90_000, 0.8, 500_000)} /dev/urandom | curl -sk -m 15 -T - -o /dev/null"
        f" https://{name}/up/part{at}; sleep {wait}"
        for at in range(context.between(4, 16))
    )


@activity("outside_visit", weight=2.5, roles=PEOPLE, needs=("outside:web", "outside:web-tls"), packages=CURL)
def outside_visit(context):
    """Ordinary use of pages on the host from which attacks come too, so that its address alone says nothing."""
    address, agent = context.network.outside.address, user_agent(context)
    kind = context.between(1, 4)
    if kind == 1:
        return upload(
            context, context.typical(8_000, 1.3, 300_000), f"https://{address}/up/photo{context.between(1, 99)}.jpg"
        )
    if kind == 2:
        return f"ping -q -c {context.between(1, 5)} -s {context.between(24, 600)} {address}"
    base = context.choose(f"http://{address}:8000", f"https://{address}", f"https://{address}:8443")
    paths = [
        f"/shop/search?q={word(context)}",
        f"/shop/item?id={context.between(1, 200)}",
        f"/api/{word(context)}",
        "/",
    ]
    return "; ".join(
        f"curl -sk -m 8 -A {agent} -o /dev/null '{base}{context.choose(*paths)}'; {pause(context, 1, 6)}"
        for _ in range(context.between(1, 5))
    )
