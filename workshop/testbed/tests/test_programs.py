"""The programs of the testbed itself: the shop, and what websites publish."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from testbed.conventions import PROGRAMS, conventions, website


def program(name: str):
    spec = importlib.util.spec_from_file_location(name, PROGRAMS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Shop(unittest.TestCase):
    def setUp(self):
        members = tempfile.NamedTemporaryFile("w", suffix=".members")
        self.addCleanup(members.close)
        members.write("alice:sum:mer\n")
        members.flush()
        options = argparse.Namespace(port=0, path="/store", item="sku", members=members.name, seed=1)
        self.server = program("shop").Server(options)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def get(self, path: str, body: bytes | None = None) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.server_port}{path}", body, timeout=5) as answer:
            return answer.read().decode()

    def test_items_and_search(self):
        self.assertIn("item-7", self.get("/store/item?sku=7"))
        self.assertIn("item-12", self.get("/store/search?q=item-12"))

    def test_parameters_reach_the_database(self):
        self.assertIn("alice sum:mer", self.get("/store/item?sku=0%20union%20select%20name,password%20from%20members"))
        with self.assertRaises(urllib.error.HTTPError) as problem:
            self.get("/store/item?sku=7%27")
        self.assertEqual(500, problem.exception.code)
        self.assertIn("SQL error", problem.exception.read().decode())
        problem.exception.close()

    def test_login(self):
        self.assertIn("Welcome", self.get("/store/login", b"user=alice&pass=sum:mer"))
        self.assertIn("Login failed", self.get("/store/login", b"user=alice&pass=wrong"))
        self.assertIn("Login failed", self.get("/store/login", b"user=nobody"))

    def test_uploads_are_counted(self):
        self.assertEqual({"received": 5000}, json.loads(self.get("/up/file", b"x" * 5000)))

    def test_events(self):
        self.assertEqual(3, self.get("/events?n=3&pause=0").count("data: "))


class Content(unittest.TestCase):
    def test_a_website_publishes_what_its_clients_ask_for(self):
        site = website("test")
        with tempfile.TemporaryDirectory() as folder:
            site.publish(Path(folder))
            for path in (*site.pages, "/index.html", "/private/index.html"):
                self.assertTrue((Path(folder) / path.lstrip("/")).is_file(), path)
            for path, size in site.files.items():
                self.assertEqual(size, (Path(folder) / path.lstrip("/")).stat().st_size, path)

    def test_networks_differ(self):
        self.assertNotEqual(website("one").pages, website("two").pages)
        self.assertNotEqual(conventions("one.test"), conventions("two.test"))
        self.assertEqual("dc=one,dc=test", conventions("one.test").directory_base)


if __name__ == "__main__":
    unittest.main()
