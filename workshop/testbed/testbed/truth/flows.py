"""Assembles the packets of a campaign into bidirectional flows, and writes the capture that is handed out: the first
packets of each flow, of all others only headers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from testbed.truth.packets import (
    ETHERNET, FILE_HEADER, FIN_RST, MICROS, PACKET_HEADER, SYN, SYN_ACK, TCP, Endpoints, Frame, Packet, decode,
    hardware,
)

SNAPSHOT = 200
WHOLE_PACKETS = 12
TCP_IDLE, OTHER_IDLE = 120_000_000, 60_000_000
LARGEST_FRAME = 1514


@dataclass(slots=True)
class Flow:
    """A conversation: times in microseconds since 1970, packets and bytes on the wire per direction, `endpoints` from
    whoever opened it. `sender` is the hardware address of its first frame; `foreign` one that sent for an address that
    is another host's."""

    number: int
    endpoints: Endpoints
    key: tuple
    start: int
    end: int
    sender: str
    query: str
    client: str
    quoted: Endpoints | None
    packets: list[int]
    bytes: list[int]
    flags: int = 0
    closed: bool = False
    foreign: str = ""

    def turn(self):
        """Takes the other side for the one that opened it."""
        protocol, source, source_port, target, target_port = self.endpoints
        self.endpoints = Endpoints(protocol, target, target_port, source, source_port)
        self.packets.reverse()
        self.bytes.reverse()


class Assembler:
    """`owners` gives the address that a hardware address is entitled to; routers are not among them."""

    def __init__(self, owners: dict[str, str] | None = None):
        self.flows: list[Flow] = []
        self.packets = self.bytes = self.oversized = 0
        self._live: dict[tuple, Flow] = {}
        self._datagrams: dict[tuple, Packet] = {}
        self._owners = {bytes.fromhex(mac.replace(":", "")): address for mac, address in (owners or {}).items()}

    def add(self, frame: Frame) -> int:
        """Takes a frame in; gives how many of its bytes are worth keeping."""
        packet = self._whole(decode(frame.data))
        self.packets += 1
        self.bytes += frame.length
        self.oversized += frame.length > LARGEST_FRAME
        flow = self._live.get(packet.key)
        if flow is None or self._is_new(flow, frame, packet):
            flow = self._open(frame, packet)
        flow.end = frame.time
        flow.flags |= packet.flags
        flow.closed = flow.closed or bool(packet.flags & FIN_RST)
        endpoints = packet.endpoints
        side = int((endpoints.source, endpoints.source_port) != (flow.endpoints.source, flow.endpoints.source_port))
        flow.packets[side] += 1
        flow.bytes[side] += frame.length
        entitled = self._owners.get(frame.data[6:12])
        if entitled and isinstance(endpoints.protocol, int) and entitled != endpoints.source:
            flow.foreign = hardware(frame.data[6:12])
        whole = sum(flow.packets) <= WHOLE_PACKETS
        return min(SNAPSHOT, len(frame.data) if whole else packet.headers)

    def _whole(self, packet: Packet) -> Packet:
        """A later fragment goes where the first of its datagram went, whose ports it lacks."""
        if not packet.datagram:
            return packet
        if packet.endpoints.source_port or packet.endpoints.target_port:
            self._datagrams[packet.datagram] = packet
            return packet
        first = self._datagrams.get(packet.datagram, packet)
        return packet._replace(endpoints=first.endpoints, key=first.key)

    @staticmethod
    def _is_new(flow: Flow, frame: Frame, packet: Packet) -> bool:
        tcp = packet.endpoints.protocol in (TCP, f"ip6:{TCP}")
        idle = TCP_IDLE if tcp else OTHER_IDLE
        return frame.time - flow.end > idle or (tcp and packet.flags & SYN_ACK == SYN and flow.closed)

    def _open(self, frame: Frame, packet: Packet) -> Flow:
        flow = Flow(
            len(self.flows), packet.endpoints, packet.key, frame.time, frame.time, hardware(frame.data[6:12]),
            packet.query, packet.client, packet.quoted, [0, 0], [0, 0],
        )
        if packet.flags & SYN_ACK == SYN_ACK:
            flow.turn()
        self.flows.append(flow)
        self._live[packet.key] = flow
        return flow


def assemble(frames: Iterable[Frame], capture: Path, owners: dict[str, str]) -> Assembler:
    """Assembles frames in order of time and writes the slim capture."""
    assembler = Assembler(owners)
    with capture.open("wb", 1 << 20) as file:
        file.write(FILE_HEADER.pack(MICROS, 2, 4, 0, 0, SNAPSHOT, ETHERNET))
        for frame in frames:
            kept = frame.data[:assembler.add(frame)]
            seconds, micros = divmod(frame.time, 1_000_000)
            file.write(PACKET_HEADER.pack(seconds, micros, len(kept), frame.length))
            file.write(kept)
    return assembler
