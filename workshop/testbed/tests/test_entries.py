"""Every service and activity of every profile can be drawn, and gives what a shell can read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from testbed import catalogue, network, profile
from testbed.context import Context

PROFILES = ("office", "branch", "plant")
DRAWS = 70


def planned(name: str) -> network.Network:
    catalogue.load()
    return network.plan(profile.load(name), 1)


def unreadable(commands: list[str], folder: str) -> str:
    """What the shell says of the commands if it cannot read them."""
    script = Path(folder) / "commands.sh"
    script.write_text("\n".join(commands) + "\n")
    return subprocess.run(["bash", "-n", script], stderr=subprocess.PIPE, text=True).stderr


class Entries(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="testbed-")
        self.addCleanup(self.folder.cleanup)

    def draw(self, entry, net: network.Network, host: network.Host, seed: int):
        folder = Path(self.folder.name) / host.name / entry.__name__
        folder.mkdir(parents=True, exist_ok=True)
        random = Random(seed)
        return entry(Context(net.drawn_by(random), host, random, folder))

    def test_activities(self):
        for name in PROFILES:
            net = planned(name)
            for activity in catalogue.ACTIVITIES.values():
                if not all(net.has(need) for need in activity.needs):
                    continue
                hosts = [host for role in activity.roles for host in net.with_role(role)]
                with self.subTest(profile=name, activity=activity.name):
                    drawn = [self.draw(activity.command, net, hosts[seed % len(hosts)], seed) for seed in range(DRAWS)]
                    self.assertEqual("", unreadable(drawn, self.folder.name))
                    self.assertGreater(len(set(drawn)), 5)
                    self.assertEqual(drawn[3], self.draw(activity.command, net, hosts[3 % len(hosts)], 3))

    def test_services(self):
        for name in PROFILES:
            net = planned(name)
            for host in net.everywhere.values():
                for service in host.services:
                    with self.subTest(profile=name, host=host.name, service=service):
                        daemon = self.draw(catalogue.SERVICES[service].start, net, host, 1)
                        commands = [*daemon.setup, f"exec {daemon.command}", daemon.probe]
                        self.assertEqual("", unreadable(commands, self.folder.name))

    def test_activities_are_possible_somewhere(self):
        nets = [planned(name) for name in PROFILES]
        for activity in catalogue.ACTIVITIES.values():
            with self.subTest(activity=activity.name):
                self.assertTrue(any(all(net.has(need) for need in activity.needs) for net in nets))

    def test_profiles_name_activities_that_there_are(self):
        catalogue.load()
        for name in PROFILES:
            benign = profile.load(name).benign
            named = {*(benign.factors or {}), *benign.activities}
            self.assertEqual(set(), named - catalogue.ACTIVITIES.keys(), name)

    def test_likenesses_name_classes_that_there_are(self):
        catalogue.load()
        labels = {attack.label for attack in catalogue.ATTACKS.values()}
        named = {activity.hard_negative for activity in catalogue.ACTIVITIES.values() if activity.hard_negative}
        self.assertEqual(set(), named - labels)

    def test_packages_are_documented(self):
        listed = {
            line.split("#")[0].strip() for line in (profile.FOLDER.parent / "packages.txt").read_text().splitlines()
        }
        catalogue.load()
        for entry in [*catalogue.SERVICES.values(), *catalogue.ACTIVITIES.values(), *catalogue.ATTACKS.values()]:
            with self.subTest(entry=entry.name):
                self.assertEqual(set(), set(entry.packages) - listed)


if __name__ == "__main__":
    unittest.main()
