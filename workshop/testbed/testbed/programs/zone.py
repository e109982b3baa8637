"""The name server of a zone of the attacker's: answers every query below it, so that data can leave in names and orders
come back in answers (RFC 1035)."""

import argparse
import random
import socket
import struct

HEADER = struct.Struct(">HHHHHH")
AUTHORITATIVE_ANSWER = 0x8400
A, CNAME, NULL, MX, TXT, AAAA = 1, 5, 10, 15, 16, 28


def question(query: bytes) -> tuple[str, int, int]:
    """The name asked for, in small letters, the type, and where the question ends."""
    at, labels = HEADER.size, []
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("latin-1").lower())
        at += 1 + query[at]
    return ".".join(labels), struct.unpack_from(">H", query, at + 1)[0], at + 5


def wire(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".") if label) + b"\0"


class Zone:
    def __init__(self, name: str, seed: int):
        self.name = name
        self.chance = random.Random(seed)

    def data(self, kind: int) -> bytes | None:
        """What an answer of this type says; nothing for other types."""
        chance = self.chance
        if kind == A:
            return bytes([chance.choice((10, 104, 172, 185)), *chance.randbytes(3)])
        if kind == AAAA:
            return bytes.fromhex("2001") + chance.randbytes(14)
        if kind == TXT:
            text = chance.randbytes(chance.choice((4, 16, 60, 100))).hex().encode()
            return bytes([len(text)]) + text
        if kind == NULL:
            return chance.randbytes(chance.randint(8, 200))
        if kind in (CNAME, MX):
            return (struct.pack(">H", 10) if kind == MX else b"") + wire(f"{chance.getrandbits(64):x}.{self.name}")
        return None

    def answer(self, query: bytes) -> bytes:
        name, kind, end = question(query)
        within = name == self.name or name.endswith("." + self.name)
        data = self.data(kind) if within else None
        code = 0 if within else 5
        head = HEADER.pack(
            struct.unpack_from(">H", query)[0], AUTHORITATIVE_ANSWER | code, 1, int(data is not None), 0, 0
        )
        record = b"" if data is None else struct.pack(">HHHIH", 0xC00C, kind, 1, 1, len(data)) + data
        return head + query[HEADER.size : end] + record


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zone", required=True)
    parser.add_argument("--port", type=int, default=53)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    zone = Zone(options.zone.lower(), options.seed)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("0.0.0.0", options.port))
        while True:
            query, client = server.recvfrom(4096)
            try:
                server.sendto(zone.answer(query), client)
            except (IndexError, struct.error):
                continue  # No query: nothing to answer.


if __name__ == "__main__":
    main()
