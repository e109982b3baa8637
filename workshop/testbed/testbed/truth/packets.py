"""Reads captures and decodes frames as far as flows and labels need it. Times are microseconds since 1970."""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterator
from pathlib import Path
from socket import inet_ntoa
from typing import NamedTuple

MICROS, NANOS = 0xA1B2C3D4, 0xA1B23C4D
FILE_HEADER = struct.Struct("<IHHiIII")
PACKET_HEADER = struct.Struct("<IIII")
ETHERNET = 1
TCP, UDP, ICMP, IGMP, ICMP6 = 6, 17, 1, 2, 58
FIN_RST, SYN, SYN_ACK = 0x05, 0x02, 0x12
DNS, DHCP = (53, 5353, 5355), (67, 68)
ECHO = (0, 8)
ICMP_ERRORS = (3, 4, 5, 11, 12)
TRACE = 200


class Frame(NamedTuple):
    """A captured frame: when, its length on the wire in bytes, and the bytes that were kept."""

    time: int
    length: int
    data: bytes


class Endpoints(NamedTuple):
    """Who sends to whom. `protocol` is an IP protocol number, or a word for anything else: `arp`, `ip6:58`, `eth:88cc`.
    Ports of ICMP are the identifier of an echo, and type and code of anything else."""

    protocol: int | str
    source: str
    source_port: int
    target: str
    target_port: int


class Packet(NamedTuple):
    """A decoded frame. `key` is the same in both directions; `headers` is how many bytes its headers take; `query` a
    name that is looked up; `client` the hardware address that a DHCP message is about; `quoted` whom an ICMP error is
    about; `datagram` what all fragments of one datagram have in common."""

    endpoints: Endpoints
    key: tuple
    headers: int
    flags: int = 0
    query: str = ""
    client: str = ""
    quoted: Endpoints | None = None
    datagram: tuple = ()


def read(path: Path) -> Iterator[Frame]:
    """The frames of a pcap file in its order; a frame that was cut off at the end of the file is left out."""
    with path.open("rb", 1 << 20) as file:
        header = file.read(FILE_HEADER.size)
        if len(header) < FILE_HEADER.size:
            return
        magic = FILE_HEADER.unpack(header)[0]
        if magic not in (MICROS, NANOS):
            raise ValueError(f"{path} is no little-endian pcap file")
        divisor = 1000 if magic == NANOS else 1
        while len(head := file.read(PACKET_HEADER.size)) == PACKET_HEADER.size:
            seconds, fraction, kept, length = PACKET_HEADER.unpack(head)
            data = file.read(kept)
            if len(data) < kept:
                return
            yield Frame(seconds * 1_000_000 + fraction // divisor, length, data)


def merged(paths: list[Path]) -> Iterator[Frame]:
    """The frames of several files in order of time."""
    return heapq.merge(*(read(path) for path in paths), key=lambda frame: frame.time)


def hardware(data: bytes) -> str:
    return ":".join(f"{byte:02x}" for byte in data)


def decode(data: bytes) -> Packet:
    """Decodes an Ethernet frame, whatever is in it."""
    kind = data[12] << 8 | data[13]
    if kind == 0x0800 and len(data) >= 34:
        return _ip4(data)
    if kind == 0x86DD and len(data) >= 54:
        return _ip6(data)
    if kind == 0x0806 and len(data) >= 42:
        endpoints = Endpoints("arp", inet_ntoa(data[28:32]), data[21], inet_ntoa(data[38:42]), 0)
        return Packet(endpoints, (*endpoints, data[6:12]), 60)
    endpoints = Endpoints(f"eth:{kind:04x}", data[6:12].hex(), 0, data[0:6].hex(), 0)
    return Packet(endpoints, endpoints, 60)


def _ip4(data: bytes) -> Packet:
    payload = 14 + (data[14] & 15) * 4
    endpoints = ip4_endpoints(data, 14)
    key = conversation(endpoints)
    protocol = endpoints.protocol
    if data[20] & 0x3F or data[21]:
        return Packet(endpoints, key, payload + 8, datagram=(endpoints.source, endpoints.target, protocol, data[18:20]))
    if protocol == TCP and len(data) > payload + 13:
        return Packet(endpoints, key, payload + (data[payload + 12] >> 4) * 4, data[payload + 13])
    if protocol == UDP:
        ports = (endpoints.source_port, endpoints.target_port)
        if ports[0] in DNS or ports[1] in DNS:
            return Packet(endpoints, key, TRACE, query=_query(data, payload + 20))
        if ports[0] in DHCP and ports[1] in DHCP:
            client = hardware(data[payload + 36:payload + 42])
            return Packet(endpoints, (*key, client), payload + 8, client=client)
        return Packet(endpoints, key, payload + 8)
    if protocol == ICMP:
        error = len(data) >= payload + 28 and data[payload] in ICMP_ERRORS
        quoted = ip4_endpoints(data, payload + 8) if error and data[payload + 8] >> 4 == 4 else None
        return Packet(endpoints, key, payload + 40, quoted=quoted)
    return Packet(endpoints, key, payload + 8)


def _ip6(data: bytes) -> Packet:
    following, start = data[20], 54
    kind = 0
    source_port = target_port = 0
    flags, headers, query = 0, 120, ""
    if following in (TCP, UDP) and len(data) >= start + 4:
        source_port, target_port = struct.unpack_from(">HH", data, start)
        if following == TCP and len(data) > start + 13:
            flags, headers = data[start + 13], start + (data[start + 12] >> 4) * 4
        elif source_port in DNS or target_port in DNS:
            headers, query = TRACE, _query(data, start + 20)
    elif following == ICMP6 and len(data) > start:
        kind = data[start]
    elif following == 0 and len(data) > start + 8:
        kind = data[start + 8]
    endpoints = Endpoints(f"ip6:{following}", data[22:38].hex(), source_port or kind, data[38:54].hex(), target_port)
    if source_port:
        return Packet(endpoints, conversation(endpoints), headers, flags, query)
    return Packet(endpoints, (*endpoints, kind), headers)


def ip4_endpoints(data: bytes, start: int) -> Endpoints:
    """The endpoints of the IPv4 packet that starts there; fragments but the first have no ports."""
    payload = start + (data[start] & 15) * 4
    protocol = data[start + 9]
    source, target = inet_ntoa(data[start + 12:start + 16]), inet_ntoa(data[start + 16:start + 20])
    first = not (data[start + 6] & 0x1F or data[start + 7])
    if first and protocol in (TCP, UDP) and len(data) >= payload + 4:
        return Endpoints(protocol, source, data[payload] << 8 | data[payload + 1], target,
                         data[payload + 2] << 8 | data[payload + 3])
    if first and protocol == ICMP and len(data) >= payload + 6:
        if data[payload] in ECHO:
            return Endpoints(ICMP, source, data[payload + 4] << 8 | data[payload + 5], target, 0)
        return Endpoints(ICMP, source, 0, target, data[payload] << 8 | data[payload + 1])
    return Endpoints(protocol, source, 0, target, 0)


def conversation(endpoints: Endpoints) -> tuple:
    """A key that is the same for both directions."""
    protocol, source, source_port, target, target_port = endpoints
    if protocol == ICMP:
        source_port = target_port = source_port or target_port
    one, other = (source, source_port), (target, target_port)
    return (one, other, protocol) if one < other else (other, one, protocol)


def _query(data: bytes, at: int) -> str:
    """The first name of a DNS message whose questions start there."""
    labels = []
    while at < len(data) and 0 < data[at] < 64:
        labels.append(data[at + 1:at + 1 + data[at]].decode("latin1"))
        at += 1 + data[at]
    return ".".join(labels).lower()
