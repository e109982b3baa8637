"""Who opened a connection: the kernel's log of new connections with the group of the process behind each."""

from __future__ import annotations

import bisect
import struct
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from testbed.truth.packets import ICMP6, TCP, UDP, Endpoints, conversation, ip4_endpoints, read

# Attributes of NFLOG as nfnetlink_log.h numbers them; the values are in network order.
PAYLOAD, GROUP = 9, 14
ATTRIBUTES_START = 4
# A claim is logged when the packet leaves its process, the flow begins when it reaches the capture.
BEFORE, AFTER = 2_500_000, 2_500_000


class Claim(NamedTuple):
    """A process of this group on this host sent the first packet between these endpoints at this time."""

    time: int
    group: int
    host: str
    endpoints: Endpoints


def read_log(path: Path, host: str) -> Iterator[Claim]:
    for frame in read(path):
        group, payload = _attributes(frame.data)
        endpoints = _endpoints(payload)
        if group is not None and endpoints:
            yield Claim(frame.time, group, host, endpoints)


def _attributes(data: bytes) -> tuple[int | None, bytes]:
    group, payload, at = None, b"", ATTRIBUTES_START
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("<HH", data, at)
        if length < 4:
            break
        if kind == GROUP:
            group = struct.unpack_from(">I", data, at + 4)[0]
        elif kind == PAYLOAD:
            payload = data[at + 4:at + length]
        at += (length + 3) & ~3
    return group, payload


def _endpoints(payload: bytes) -> Endpoints | None:
    if len(payload) >= 20 and payload[0] >> 4 == 4:
        return ip4_endpoints(payload, 0)
    if len(payload) >= 44 and payload[0] >> 4 == 6:
        following = payload[6]
        ports = struct.unpack_from(">HH", payload, 40) if following in (TCP, UDP) else (payload[40], 0)
        if following in (TCP, UDP, ICMP6):
            return Endpoints(f"ip6:{following}", payload[8:24].hex(), ports[0], payload[24:40].hex(), ports[1])
    return None


class Claims:
    """All claims of a campaign, to be asked by conversation, by socket and by target."""

    def __init__(self, claims: list[Claim]):
        self._conversations: dict[tuple, list[Claim]] = defaultdict(list)
        self._sockets: dict[tuple, list[Claim]] = defaultdict(list)
        self._targets: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(claims, key=lambda claim: claim.time):
            protocol, source, source_port, target, _ = claim.endpoints
            self._conversations[conversation(claim.endpoints)].append(claim)
            self._sockets[protocol, source, source_port].append(claim)
            self._targets[target].append(claim)

    def of(self, key: tuple, start: int, end: int) -> Claim | None:
        """Who opened the conversation that was seen from start to end: the nearest claim, or, for one that went on
        after a long silence, the last one before."""
        claims = self._conversations.get(key[:3], [])
        near = [claim for claim in claims if start - BEFORE <= claim.time <= end + AFTER]
        if near:
            return min(near, key=lambda claim: abs(claim.time - start))
        earlier = [claim for claim in claims if claim.time < start]
        return earlier[-1] if earlier else None

    def of_socket(self, protocol: int | str, address: str, port: int, time: int) -> Claim | None:
        """Who last sent from this socket within a minute before."""
        return _last(self._sockets.get((protocol, address, port), []), time, 60_000_000)

    def towards(self, address: str, time: int, host: str | None = None) -> Claim | None:
        """Who, of a host or of any, last opened something towards an address within the seconds before."""
        claims = self._targets.get(address, [])
        if host:
            claims = [claim for claim in claims[:bisect.bisect_right(claims, (time + AFTER,))] if claim.host == host]
        return _last(claims, time, 5_000_000)


def _last(claims: list[Claim], time: int, within: int) -> Claim | None:
    at = bisect.bisect_right(claims, (time + 500_000,)) - 1
    return claims[at] if at >= 0 and time - claims[at].time <= within else None
