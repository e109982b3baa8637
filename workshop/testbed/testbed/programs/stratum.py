"""Mining of a crypto currency as it looks on the wire: a pool and a miner that speak Stratum, JSON lines over TCP.
Nobody computes anything."""

import argparse
import json
import random
import socket
import socketserver
import threading
import time


class Line:
    """Sends and reads JSON objects, one on each line."""

    def __init__(self, connection: socket.socket, chance: random.Random):
        self.connection, self.chance = connection, chance
        self.reader = connection.makefile("rb")

    def send(self, **message):
        self.connection.sendall(json.dumps(message).encode() + b"\n")

    def hexadecimal(self, count: int) -> str:
        return self.chance.randbytes(count).hex()

    def drain(self):
        """Reads to the end of the connection."""
        try:
            while self.reader.readline():
                pass
        except OSError:
            pass


class Pool(socketserver.BaseRequestHandler):
    """Hands out a new job every so many seconds, and accepts nearly every share."""

    def handle(self):
        line = Line(self.request, random.Random(self.server.options.seed))
        threading.Thread(target=self.jobs, args=(line,), daemon=True).start()
        for text in line.reader:
            try:
                message = json.loads(text)
            except ValueError:
                return
            accepted = line.chance.random() < 0.97
            line.send(
                id=message.get("id"),
                result=self.result(line, message, accepted),
                error=None if accepted else [21, "stale", None],
            )

    @staticmethod
    def result(line: Line, message: dict, accepted: bool):
        if message.get("method") == "mining.subscribe":
            return [[["mining.notify", line.hexadecimal(8)]], line.hexadecimal(4), 4]
        return accepted

    def jobs(self, line: Line):
        pause = self.server.options.pause
        try:
            while True:
                time.sleep(line.chance.uniform(0.3, 1) * pause)
                line.send(
                    id=None,
                    method="mining.notify",
                    params=[
                        line.hexadecimal(4),
                        line.hexadecimal(32),
                        line.hexadecimal(60),
                        line.hexadecimal(70),
                        [line.hexadecimal(32) for _ in range(line.chance.randint(4, 12))],
                        "20000000",
                        line.hexadecimal(4),
                        True,
                    ],
                )
        except OSError:
            return


def mine(options):
    chance = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    with socket.create_connection((options.pool, options.port), 10) as connection:
        connection.settimeout(None)
        line = Line(connection, chance)
        threading.Thread(target=line.drain, daemon=True).start()
        if options.login:
            line.send(
                id=1,
                jsonrpc="2.0",
                method="login",
                params={
                    "login": line.hexadecimal(47),
                    "pass": options.worker,
                    "agent": "XMRig/6.20.0",
                    "algo": ["rx/0", "cn/r"],
                },
            )
        else:
            line.send(id=1, method="mining.subscribe", params=["cgminer/4.10.0"])
            line.send(id=2, method="mining.authorize", params=[f"{line.hexadecimal(16)}.{options.worker}", "x"])
        number = 3
        while time.monotonic() < end:
            time.sleep(min(60, chance.expovariate(1 / options.pause)))
            line.send(
                id=number,
                method="submit" if options.login else "mining.submit",
                params=[
                    options.worker,
                    line.hexadecimal(4),
                    line.hexadecimal(4),
                    line.hexadecimal(4),
                    line.hexadecimal(32),
                ],
            )
            number += 1


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_):
        """Miners break off connections all the time."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=("pool", "miner"))
    parser.add_argument("--pool", help="address of the pool, for a miner")
    parser.add_argument("--port", type=int, default=3333)
    parser.add_argument("--pause", type=float, default=8, help="seconds between two shares or jobs, on average")
    parser.add_argument("--seconds", type=float, default=60, help="how long a miner goes on")
    parser.add_argument("--worker", default="rig1")
    parser.add_argument("--login", action="store_true", help="the dialect of Monero's pools")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.role == "miner":
        mine(options)
    else:
        server = Server(("0.0.0.0", options.port), Pool)
        server.options = options
        server.serve_forever()


if __name__ == "__main__":
    main()
