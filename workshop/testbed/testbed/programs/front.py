"""Shares UDP port 53 of the attacker's host among name servers, each of which serves a zone of its own on another port.
A file of the folder, named as the zone, holds that port; queries for other names get an answer without data."""

import argparse
import selectors
import socket
from collections import OrderedDict
from pathlib import Path

MOST_CLIENTS = 400
HEADER = 12


def name_of(query: bytes) -> tuple[list[str], int]:
    """Labels of the name asked for, in small letters, and where the question ends."""
    at, labels = HEADER, []
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("latin-1").lower())
        at += 1 + query[at]
    return labels, at + 5


def port_of(labels: list[str], folder: Path) -> int:
    """The port of the zone that the name lies in, or 0."""
    for first in range(len(labels)):
        zone = folder / ".".join(labels[first:])
        if "/" not in zone.name and zone.is_file():
            return int(zone.read_text())
    return 0


def without_data(query: bytes, end: int) -> bytes:
    return query[:2] + bytes.fromhex("84000001000000000000") + query[HEADER:end]


class Front:
    """Every client has a socket of its own towards a zone's server, so that answers find back."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.selector = selectors.DefaultSelector()
        self.clients: OrderedDict[tuple, socket.socket] = OrderedDict()
        self.server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.server.bind(("0.0.0.0", 53))
        self.selector.register(self.server, selectors.EVENT_READ)

    def serve(self):
        while True:
            for key, _ in self.selector.select():
                try:
                    (
                        self.query()
                        if key.fileobj is self.server
                        else self.server.sendto(key.fileobj.recv(65535), key.data)
                    )
                except (OSError, IndexError, ValueError):
                    continue  # No query, or nobody serves the zone any more.

    def query(self):
        query, client = self.server.recvfrom(65535)
        labels, end = name_of(query)
        port = port_of(labels, self.folder)
        if port:
            self.towards(client, port).send(query)
        else:
            self.server.sendto(without_data(query, end), client)

    def towards(self, client: tuple, port: int) -> socket.socket:
        key = (client, port)
        if key not in self.clients:
            if len(self.clients) >= MOST_CLIENTS:
                _, oldest = self.clients.popitem(last=False)
                self.selector.unregister(oldest)
                oldest.close()
            self.clients[key] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.clients[key].connect(("127.0.0.1", port))
            self.selector.register(self.clients[key], selectors.EVENT_READ, client)
        self.clients.move_to_end(key)
        return self.clients[key]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    options.folder.chmod(0o777)
    Front(options.folder).serve()


if __name__ == "__main__":
    main()
