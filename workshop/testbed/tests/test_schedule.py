import unittest
from collections import Counter

import paths  # noqa: F401
from testbed import network, profile, schedule
from testbed.capture import filters
from testbed.catalogue import Activity, Attack
from testbed.refusal import Refusal

CONTENT = {
    "domain": "corp.test",
    "segments": {"lan": {"network": "10.1.0.0/24"}, "dmz": {"network": "10.2.0.0/24"}},
    "hosts": {
        "c1": {"segment": "lan", "address": "10.1.0.11", "role": "client"},
        "c2": {"segment": "lan", "address": "10.1.0.12", "role": "client"},
        "s1": {"segment": "dmz", "address": "10.2.0.11", "role": "server"},
    },
    "internet": {"network": "203.0.113.0/24", "sites": ["news.test", "example.net"]},
    "outside": {"address": "198.51.100.66"},
    "users": {"alice": "x"},
    "benign": {"rate": 2.0},
    "attacks": {"runs": 6},
}


def changed(path: str, value) -> dict:
    """The content of the profile with one value changed."""
    *tables, last = path.split(".")
    content = {key: dict(entry) if isinstance(entry, dict) else entry for key, entry in CONTENT.items()}
    table = content
    for name in tables:
        table[name] = dict(table[name])
        table = table[name]
    table[last] = value
    return content


def activity(name, roles=("client",), needs=(), weight=1.0):
    return Activity(name, weight, roles, needs, (), 30, None, lambda context: "true")


def attack(label, name, origins=("client",), needs=()):
    return Attack(label, "T1046", name, origins, needs, (), 30, lambda context: None, name)


def planned(seed=1):
    return network.plan(profile.parse("test", CONTENT), seed)


class ScheduleTest(unittest.TestCase):
    def test_the_seed_decides_everything(self):
        draw = lambda seed: [
            (s.start, s.host.name, s.activity.name)
            for s in schedule.sessions(planned(), [activity("a"), activity("b")], 600, seed)
        ]
        self.assertEqual(draw(1), draw(1))
        self.assertNotEqual(draw(1), draw(2))

    def test_sessions_come_at_the_profile_s_rate(self):
        sessions = schedule.sessions(planned(), [activity("a"), activity("b", roles=("server",))], 3000, 1)
        self.assertAlmostEqual(2.0, len(sessions) / 3000, delta=0.2)
        self.assertEqual(sorted(s.start for s in sessions), [s.start for s in sessions])
        self.assertEqual({"a"}, {s.activity.name for s in sessions if s.host.role == "client"})

    def test_what_no_server_offers_is_not_done(self):
        self.assertEqual([], schedule.sessions(planned(), [activity("a", needs=("web",))], 600, 1))

    def test_every_class_has_its_runs_from_every_tool_and_origin(self):
        attacks = [attack("scan", "nmap", ("client", "outside")), attack("scan", "masscan"), attack("flood", "hping3")]
        plan = schedule.runs(planned(), attacks, 6, 600, 1)
        self.assertEqual({"scan": 6, "flood": 6}, Counter(run.attack.label for run in plan.runs))
        tools = Counter(run.attack.name for run in plan.runs if run.attack.label == "scan")
        self.assertEqual({"nmap": 3, "masscan": 3}, tools)
        self.assertEqual({"client", "outside"}, {r.host.role for r in plan.runs if r.attack.name == "nmap"})
        self.assertEqual({"c1", "c2"}, {r.host.name for r in plan.runs if r.attack.name == "hping3"})

    def test_runs_are_spread_over_the_campaign(self):
        plan = schedule.runs(planned(), [attack("scan", "nmap")], 100, 600, 1)
        self.assertLess(plan.runs[0].start, 60)
        self.assertGreater(plan.runs[-1].start, 500)
        self.assertLess(plan.runs[-1].start, 570)

    def test_what_cannot_be_done_is_said_with_its_reason(self):
        attacks = [attack("brute", "hydra", needs=("ssh",)), attack("spoof", "tool", ("intruder",))]
        plan = schedule.runs(planned(), attacks, 5, 60, 1)
        self.assertEqual(
            {
                "brute": "hydra: no server offers ssh",
                "spoof": "tool: no host has the role intruder, or only the one that it would attack",
            },
            plan.impossible,
        )


class NetworkTest(unittest.TestCase):
    def test_every_packet_is_captured_once(self):
        self.assertEqual(["", "not (ip and (net 10.1.0.0/24))"], filters(list(planned().segments.values())))

    def test_hosts_know_their_place(self):
        made = planned()
        self.assertEqual("10.2.0.1", made.hosts["s1"].gateway)
        self.assertEqual({"news.test": "203.0.113.10", "example.net": "203.0.113.11"}, made.sites)
        self.assertEqual("203.0.113.2", made.resolver)
        self.assertFalse(set(made.spoofed) & {*made.visitors, *made.internet.addresses})

    def test_hardware_addresses_follow_from_the_seed(self):
        macs = lambda seed: [host.mac for host in planned(seed).everywhere.values()]
        self.assertEqual(macs(1), macs(1))
        self.assertEqual(len(macs(1)), len(set(macs(1))))


class ProfileTest(unittest.TestCase):
    def test_all_profiles_can_be_read(self):
        for name in profile.names():
            self.assertEqual(name, profile.load(name).name)

    def test_what_is_wrong_is_named(self):
        wrong = {
            "hosts.c1.link": ("dsl", "c1"), "hosts.c1.address": ("10.9.0.1", "10.1.0.0/24"),
            "hosts.c1.role": ("boss", "boss"),
            "hosts.c1.adress": ("10.1.0.9", "adress"), "hosts.c1.segment": ("wan", "wan"), "users": ({}, "users"),
            "hosts.c2.address": ("10.1.0.11", "c1"), "internet.network": ("203.0.113.0/25", "/24"),
        }
        for path, (value, named) in wrong.items():
            with self.assertRaisesRegex(Refusal, named, msg=path):
                profile.parse("test", changed(path, value))

    def test_an_unknown_profile_is_refused_with_those_there_are(self):
        with self.assertRaisesRegex(Refusal, "smoke"):
            profile.load("nowhere")


if __name__ == "__main__":
    unittest.main()
