"""An implant that calls home in a rhythm: by HTTP, or with bare bytes over TCP, each with or without TLS."""

import argparse
import http.client
import random
import socket
import ssl
import time
from urllib.parse import urlparse


def unchecked() -> ssl.SSLContext:
    """TLS without a look at the certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class WebHome:
    """Posts a payload, or asks only if it is empty."""

    def __init__(self, url, agent: str):
        self.url, self.agent = url, agent
        self.connection = None

    def call(self, payload: bytes):
        if not self.connection:
            place = (self.url.hostname, self.url.port)
            self.connection = (
                http.client.HTTPSConnection(*place, timeout=8, context=unchecked())
                if self.url.scheme == "https"
                else http.client.HTTPConnection(*place, timeout=8)
            )
        headers = {"User-Agent": self.agent} if self.agent else {}
        self.connection.request("POST" if payload else "GET", self.url.path or "/", payload or None, headers)
        self.connection.getresponse().read()

    def hang_up(self):
        if self.connection:
            self.connection.close()
            self.connection = None


class BareHome:
    """Sends a payload and takes what comes back within a moment."""

    def __init__(self, url, _agent: str):
        self.url = url
        self.connection = None

    def call(self, payload: bytes):
        if not self.connection:
            self.connection = socket.create_connection((self.url.hostname, self.url.port), 8)
            if self.url.scheme == "tls":
                self.connection = unchecked().wrap_socket(self.connection)
        self.connection.sendall(payload or b"\n")
        self.connection.settimeout(0.4)
        try:
            self.connection.recv(4096)
        except TimeoutError:
            pass

    def hang_up(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="http://, https://, tcp:// or tls://HOST:PORT")
    parser.add_argument("--seconds", type=float, default=60, help="how long it goes on")
    parser.add_argument("--period", type=float, default=5, help="seconds between calls")
    parser.add_argument("--jitter", type=float, default=0, help="share by which a period may differ")
    parser.add_argument("--payload", type=int, nargs=2, default=(0, 100), help="least and most bytes")
    parser.add_argument("--agent", default="")
    parser.add_argument("--keep", action="store_true", help="holds its connection")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    url = urlparse(options.url)
    home = (WebHome if url.scheme.startswith("http") else BareHome)(url, options.agent)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        try:
            home.call(chance.randbytes(chance.randint(*options.payload)) if chance.random() < 0.7 else b"")
        except (OSError, http.client.HTTPException):
            home.hang_up()
        if not options.keep:
            home.hang_up()
        time.sleep(options.period * (1 + options.jitter * chance.uniform(-1, 1)))


if __name__ == "__main__":
    main()
