"""A small web shop with deliberate holes, as a target of web attacks. Its item and search pages put parameters into
SQL as they come, its login has no limit of tries. It also takes uploads, answers an API and streams events. It must
never run outside a testbed."""

import argparse
import json
import random
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

LARGEST_BODY = 64 << 20
MOST_ROWS = 60


class Store:
    """Items, members and their passwords in one database in memory."""

    def __init__(self, members: dict[str, str], seed: int):
        self.chance = random.Random(seed)
        self.lock = threading.Lock()
        self.database = sqlite3.connect(":memory:", check_same_thread=False)
        self.database.executescript(
            "create table items(id integer, name text, price real);create table members(name text, password text);"
        )
        for number in range(300):
            self.query(f"insert into items values({number}, 'item-{number}', {self.chance.uniform(1, 900):.2f})")
        with self.lock:
            self.database.executemany("insert into members values(?, ?)", members.items())

    def query(self, statement: str) -> list[tuple]:
        with self.lock:
            return self.database.execute(statement).fetchmany(MOST_ROWS)


class Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Shop/1.4"

    def do_GET(self):
        address = urlparse(self.path)
        parameters = {name: values[0] for name, values in parse_qs(address.query).items()}
        base = self.server.path
        pages = {
            base: self.front,
            base + "/": self.front,
            "/": self.front,
            base + "/item": self.item,
            base + "/search": self.search,
        }
        try:
            if address.path in pages:
                self.answer(200, pages[address.path](parameters))
            elif address.path.startswith("/api"):
                self.answer(200, self.status(), "application/json")
            elif address.path.startswith("/events"):
                self.events(parameters)
            else:
                self.answer(404, "<html>No such page.</html>")
        except sqlite3.Error as problem:
            self.answer(500, f"<html>SQL error: {problem}</html>")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.body()
        if self.path != self.server.path + "/login":
            self.answer(200, json.dumps({"received": len(body)}), "application/json")
            return
        fields = {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}
        known = self.server.members.get(fields.get("user", ""))
        self.answer(200, f"<html>{'Welcome' if known and known == fields.get('pass') else 'Login failed'}</html>")

    do_PUT = do_POST

    def front(self, _parameters: dict) -> str:
        base, item = self.server.path, self.server.item
        links = "".join(f"<a href='{base}/item?{item}={number}'>item {number}</a> " for number in range(1, 20))
        return (
            f"<html>{links}<form action='{base}/search'><input name=q></form><form method=post"
            f" action='{base}/login'><input name=user><input name=pass type=password></form></html>"
        )

    def item(self, parameters: dict) -> str:
        number = parameters.get(self.server.item, "1")
        rows = self.server.store.query(f"select name, price from items where id={number}")
        return "<html><h1>Item</h1>" + "".join(f"<p>{name} {price}</p>" for name, price in rows) + "</html>"

    def search(self, parameters: dict) -> str:
        words = parameters.get("q", "")
        rows = self.server.store.query(f"select name, price from items where name like '%{words}%'")
        return "<html>" + "".join(f"<li>{name} {price}</li>" for name, price in rows) + "</html>"

    def status(self) -> str:
        chance = self.server.store.chance
        size = int(min(60_000, chance.lognormvariate(6, 1.5)))
        return json.dumps({"ok": True, "time": time.time(), "data": "%x" % chance.getrandbits(4 * max(1, size))})

    def events(self, parameters: dict):
        """An event stream as browsers keep it open: `n` events, `pause` seconds apart."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for number in range(min(200, int(parameters.get("n", "10")))):
            self.wfile.write(f"data: {number} {self.server.store.chance.getrandbits(256):x}\n\n".encode())
            self.wfile.flush()
            time.sleep(min(30.0, float(parameters.get("pause", "1"))))

    def body(self) -> bytes:
        """The request's body, by length or in chunks."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(min(LARGEST_BODY, int(self.headers.get("Content-Length") or 0)))
        parts, total = [], 0
        while (size := int(self.rfile.readline(64).split(b";")[0] or b"0", 16)) and total < LARGEST_BODY:
            parts.append(self.rfile.read(size))
            self.rfile.readline(8)
            total += size
        self.rfile.readline(8)
        return b"".join(parts)

    def answer(self, code: int, text: str, kind: str = "text/html"):
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_expect_100(self) -> bool:
        return True

    def log_message(self, *_):
        """Requests are in the capture."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, options):
        self.path, self.item = options.path, options.item
        self.members = {}
        if options.members:
            with open(options.members) as lines:
                self.members = dict(line.rstrip("\n").split(":", 1) for line in lines)
        self.store = Store(self.members, options.seed)
        super().__init__(("0.0.0.0", options.port), Request)

    def handle_error(self, *_):
        """Clients of a testbed break off connections all the time."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--path", default="/shop")
    parser.add_argument("--item", default="id", help="query parameter that names an item")
    parser.add_argument("--members", help="file of name:password lines")
    parser.add_argument("--seed", type=int, default=5)
    Server(parser.parse_args()).serve_forever()


if __name__ == "__main__":
    main()
