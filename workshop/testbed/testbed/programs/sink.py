"""The receiving end of an attacker: takes whatever is sent to it and answers as a control server would."""

import argparse
import json
import random
import socketserver
import ssl
from http.server import BaseHTTPRequestHandler

LARGEST_BODY = 64 << 20
BLOCK = 1 << 16


class Web(BaseHTTPRequestHandler):
    """Answers every request with a task list of varying length; bodies are read and dropped."""

    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""

    def do_GET(self):
        self._drop_body()
        chance = self.server.chance
        tasks = "%x" % chance.getrandbits(8 * int(min(20_000, chance.lognormvariate(4.5, 1.2))) + 8)
        body = json.dumps({"ok": 1, "t": tasks if chance.random() < 0.5 else ""}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_PUT = do_GET

    def _drop_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            while size := int(self.rfile.readline(64).split(b";")[0] or b"0", 16):
                self.rfile.read(size + 2)
            self.rfile.readline(8)
        else:
            self.rfile.read(min(LARGEST_BODY, int(self.headers.get("Content-Length") or 0)))

    def log_message(self, *_):
        """Requests are in the capture."""


class Raw(socketserver.BaseRequestHandler):
    """Reads to the end; answers some messages with a few bytes."""

    def handle(self):
        chance = self.server.chance
        talkative = chance.random() < 0.5
        while block := self.request.recv(BLOCK):
            if talkative and len(block) < 2048:
                self.request.sendall(chance.randbytes(chance.randint(1, 64)))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = allow_reuse_port = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, options):
        self.chance = random.Random(options.seed)
        self.tls = None
        if options.kind in ("https", "tls"):
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(options.certificate, options.key)
        super().__init__(("0.0.0.0", options.port), Web if options.kind.startswith("http") else Raw)

    def finish_request(self, request, client_address):
        """Runs in the connection's own thread, so that a slow handshake holds nobody up."""
        request.settimeout(120)
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, *_):
        """Implants break off connections all the time."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("http", "https", "tcp", "tls"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--certificate", help="PEM file, for https and tls")
    parser.add_argument("--key", help="PEM file, for https and tls")
    Server(parser.parse_args()).serve_forever()


if __name__ == "__main__":
    main()
