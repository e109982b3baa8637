"""Look-ups of names: most of them of hosts that exist, some mistyped, some long and odd as caches, filters and
reputation services make them."""

from __future__ import annotations

from testbed.activities.common import EVERYBODY, PREFIXES, pause, repeat, word
from testbed.catalogue import activity
from testbed.context import Context
from testbed.services.common import corporate_names

DIG = ("bind9-dnsutils",)
ENDINGS = ("com", "net", "org", "io", "de", "fr", "co", "info")


def host_name(context: Context) -> str:
    """A name as software of an office asks for: own hosts, hosts of sites, edges of content networks."""
    kind = context.random.random()
    site = context.network.site()[0]
    if kind < 0.25:
        return context.choose(*corporate_names(context))
    if kind < 0.65:
        return f"{context.choose(*PREFIXES)}.{site}"
    if kind < 0.8:
        return f"{word(context)}{context.choose('', '', '-', '1', '2', '-eu', '-us')}.{site}".replace("-.", ".")
    if kind < 0.95:
        edge = f"{context.random.getrandbits(context.choose(24, 40, 64)):x}"
        return f"{context.choose('e', 'd', 'a', 'edge-', 'r')}{edge}.{context.choose('g', 'cdn', 'akm', 'dsc')}.{site}"
    return f"{word(context)}{context.between(1, 999)}.{context.choose(*ENDINGS)}"


def missing_name(context: Context) -> str:
    letters = "".join(context.random.choices("abcdefghijklmnopqrstuvwxyz", k=context.between(7, 15)))
    return context.choose(
        letters,
        f"{word(context)}.{context.network.domain}",
        f"{word(context)}.lan",
        f"{word(context)}-{word(context)}.{context.choose(*ENDINGS)}",
        f"www.{letters}.{context.choose(*ENDINGS)}",
        f"wpad.{context.network.domain}",
    )


def kind_of_record(context: Context) -> str:
    return context.choose("A", "A", "A", "A", "A", "AAAA", "AAAA", "HTTPS", "MX", "TXT", "SRV", "NS", "SOA")


@activity("name_lookup", weight=22, roles=EVERYBODY, packages=DIG)
def name_lookup(context):
    asked = " ".join(f"{host_name(context)} {kind_of_record(context)}" for _ in range(context.typical(2, 0.8, 12) or 1))
    return f"dig +tries=1 +time=3 {context.choose('', '+noedns', '+bufsize=1232', '+nocookie')} {asked}"


@activity("name_reverse", weight=2, roles=EVERYBODY, packages=DIG, hard_negative="dns_enum")
def name_reverse(context):
    hosts = [host.address for host in context.network.hosts.values()] + list(context.network.sites.values())
    asked = " ".join(f"-x {context.choose(*hosts)}" for _ in range(context.between(1, 6)))
    return f"dig +tries=1 +time=2 {asked}"


@activity("name_missing", weight=4, roles=EVERYBODY, packages=DIG, hard_negative="dns_enum")
def name_missing(context):
    asked = " ".join(
        f"{missing_name(context)} {context.choose('A', 'A', 'AAAA')}" for _ in range(context.typical(2, 0.8, 14) or 1)
    )
    return f"dig +tries=1 +time=2 {asked}"


@activity("name_odd", weight=1.8, roles=EVERYBODY, packages=DIG, hard_negative="tunnel_dns")
def name_odd(context):
    """Long names with digests in them, as filters of mail and viruses ask for them."""
    site, place = context.network.site()[0], context.choose("e5", "av", "rbl", "sig", "hash", "uribl")
    names = []
    for _ in range(context.between(2, 14)):
        digest = f"{context.random.getrandbits(context.choose(64, 128, 160, 200, 240)):x}"
        names.append(f"{digest}.{place}.{site} {context.choose('A', 'A', 'TXT')}")
    return f"dig +tries=1 +time=2 {' '.join(names)}"


@activity("name_telemetry", weight=0.9, roles=EVERYBODY, packages=DIG, seconds=120, hard_negative="c2_beacon_dns")
def name_telemetry(context):
    """Software that asks for the same kind of name at a fixed interval."""
    site, period = context.network.site()[0], context.between(1.5, 10.0)
    kind, host = context.choose("A", "TXT"), f"{context.random.getrandbits(48):x}"
    return (
        repeat(
            context,
            f"dig +tries=1 +time=2 {kind} {host}.{word(context)}.{site}",
            (4, min(30, int(100 / (period * 1.1)))),
            period,
            context.choose(0.0, 0.1),
        )
        + ""
    )


@activity("name_large", weight=1, roles=EVERYBODY, packages=DIG)
def name_large(context):
    """An answer that does not fit a datagram."""
    name = f"_keys.{context.network.site()[0]}"
    return f"dig {context.choose('+tcp', '', '+bufsize=512', '+bufsize=4096')} +tries=1 +time=3 {name} TXT"


@activity("name_private", weight=3, needs=("dns-tls",), packages=DIG)
def name_private(context):
    """By TLS or HTTPS, several names on one connection or each on its own."""
    server = context.server("dns-tls").address
    way = context.choose("+tls -p 853", "+https -p 8053", "+https-get -p 8053")
    open_longer = context.choose("+keepopen", "")
    asked = " ".join(f"{host_name(context)} {context.choose('A', 'AAAA')}" for _ in range(context.between(1, 6)))
    return f"dig {way} {open_longer} +tries=1 +time=4 @{server} {asked}; {pause(context, 0.5, 3)}"
