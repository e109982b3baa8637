"""Frames, captures and logs of new connections for tests, made byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path
from socket import inet_aton

import paths  # noqa: F401
from testbed.truth.packets import ETHERNET, FILE_HEADER, MICROS, PACKET_HEADER, Frame

NFLOG = 239
MACS = {"10.0.0.1": "02:00:00:00:00:01", "10.0.0.2": "02:00:00:00:00:02", "10.0.0.9": "02:00:00:00:00:09"}
SECOND = 1_000_000


def mac(address: str) -> bytes:
    return bytes.fromhex(MACS.get(address, "02:00:00:00:ff:ff").replace(":", ""))


def ip4(protocol: int, source: str, target: str, payload: bytes, identification: int = 0, fragment: int = 0) -> bytes:
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), identification, fragment, 64, protocol, 0)
    return head + inet_aton(source) + inet_aton(target) + payload


def tcp(source_port: int, target_port: int, flags: int, payload: bytes = b"") -> bytes:
    return struct.pack(">HHIIBBHHH", source_port, target_port, 1, 0, 0x50, flags, 1024, 0, 0) + payload


def udp(source_port: int, target_port: int, payload: bytes = b"") -> bytes:
    return struct.pack(">HHHH", source_port, target_port, 8 + len(payload), 0) + payload


def query(name: str) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">HHHHHH", 1, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", 1, 1)


def unreachable(about: bytes) -> bytes:
    """The ICMP error that a port is closed, quoting an IPv4 packet."""
    return struct.pack(">BBHI", 3, 3, 0, 0) + about[:28]


def arp(operation: int, sender: str, target: str) -> bytes:
    body = struct.pack(">HHBBH", 1, 0x0800, 6, 4, operation)
    return body + mac(sender) + inet_aton(sender) + bytes(6) + inet_aton(target)


def frame(time: float, payload: bytes, sender: bytes, kind: int = 0x0800) -> Frame:
    """A frame at a time in seconds."""
    data = bytes(6) + sender + struct.pack(">H", kind) + payload
    return Frame(round(time * SECOND), len(data), data)


def sent(time: float, protocol: int, source: str, target: str, payload: bytes, **more) -> Frame:
    """An IPv4 packet in a frame of its source's hardware address."""
    return frame(time, ip4(protocol, source, target, payload, **more), mac(source))


def connection(time: float, source: str, source_port: int, target: str, target_port: int, packets=0) -> list[Frame]:
    """A TCP connection that is opened, carries some packets each way, and is closed, within a second."""
    there = lambda after, flags: sent(time + after, 6, source, target, tcp(source_port, target_port, flags))
    back = lambda after, flags: sent(time + after, 6, target, source, tcp(target_port, source_port, flags))
    middle = [f for at in range(packets) for f in (there(0.1 + at * 0.01, 0x18), back(0.105 + at * 0.01, 0x18))]
    return [there(0, 0x02), back(0.01, 0x12), there(0.02, 0x10), *middle, there(0.9, 0x11), back(0.91, 0x11)]


def logged(time: float, group: int, packet: bytes) -> Frame:
    """An entry of the log of new connections: the packet, and the group of its process."""
    attributes = struct.pack("<HH", 4 + len(packet), 9) + packet + bytes(-len(packet) % 4)
    attributes += struct.pack("<HH", 8, 14) + struct.pack(">I", group)
    data = bytes((2, 0, 0, 7)) + attributes
    return Frame(round(time * SECOND), len(data), data)


def write(path: Path, frames: list[Frame], kind: int = ETHERNET) -> Path:
    with path.open("wb") as file:
        file.write(FILE_HEADER.pack(MICROS, 2, 4, 0, 0, 65535, kind))
        for time, length, data in frames:
            file.write(PACKET_HEADER.pack(time // SECOND, time % SECOND, len(data), length) + data)
    return path
