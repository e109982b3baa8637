"""Sends data away inside the names of DNS queries, as an implant does that may reach nothing but the resolver."""

import argparse
import base64
import random
import socket
import struct
import time

TYPES = {"A": 1, "NULL": 10, "MX": 15, "TXT": 16, "AAAA": 28}
LONGEST_NAME = 250


def query(identifier: int, name: str, kind: int) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">HHHHHH", identifier, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", kind, 1)


def names(data: bytes, zone: str, label: int, labels: int):
    """The data in base 32, cut into names below the zone, each with its number."""
    text = base64.b32encode(data).decode().rstrip("=").lower()
    room = LONGEST_NAME - len(zone) - 8
    step = min(label * labels, room - room // (label + 1) - 1)
    for number, at in enumerate(range(0, len(text), step)):
        part = text[at : at + step]
        cut = ".".join(part[start : start + label] for start in range(0, len(part), label))
        yield f"{cut}.{number:x}.{zone}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zone", required=True)
    parser.add_argument("--server", required=True, help="address of the resolver")
    parser.add_argument("--bytes", type=int, default=500)
    parser.add_argument("--label", type=int, default=40, help="letters of a label, up to 63")
    parser.add_argument("--labels", type=int, default=2, help="labels of a name that carry data")
    parser.add_argument("--type", choices=sorted(TYPES), default="TXT")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between two queries")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        client.connect((options.server, 53))
        for name in names(chance.randbytes(options.bytes), options.zone, options.label, options.labels):
            client.send(query(chance.randrange(1 << 16), name, TYPES[options.type]))
            try:
                client.recv(4096)
            except OSError:
                pass  # A query that is lost is lost.
            time.sleep(options.pause * chance.uniform(0.5, 1.5))


if __name__ == "__main__":
    main()
