"""Every attack entry can be drawn, again the same, and gives shell that can be run."""

import ipaddress
import subprocess
import sys
import unittest
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from fake import FakeNetwork  # noqa: E402
from testbed import catalogue  # noqa: E402
from testbed.accounts import User  # noqa: E402
from testbed.context import Context  # noqa: E402

SEEDS = 200
PLACES = {"outside": "outside", "client": "c1", "server": "s1", "intruder": "i1"}
OUTSIDE_SERVICES = ("outside-web", "outside-tls", "outside-sinks", "outside-ssh", "outside-names")


class Place(Context):
    """A context that notes what is written instead of writing it."""

    def write(self, name, text, mode=0o644):
        self.written.append(text)
        return self.folder / name

    def server(self, offer):
        assert offer in self.needs, f"{offer} is asked for and not among the needs {self.needs}"
        return super().server(offer)

    def account(self):
        return User("deploy1", "secret1")


def drawn(attack, seed):
    """The context and what was drawn from it; in every second seed the attacker has services that run anyway."""
    network = FakeNetwork(Random(seed))
    network.outside.services = OUTSIDE_SERVICES if seed % 2 else ()
    place = Place(
        network, network.everywhere[PLACES[attack.origins[seed % len(attack.origins)]]], Random(seed), Path("/run")
    )
    place.written, place.needs = [], attack.needs
    return place, attack.draw(place)


def everything(place, assault):
    """What a run consists of."""
    return assault.command, assault.listener, str(place.written)


class AttackEntries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        catalogue.load()
        cls.draws = {name: [drawn(attack, seed) for seed in range(SEEDS)] for name, attack in catalogue.ATTACKS.items()}

    def test_commands_are_valid_shell(self):
        for name, draws in self.draws.items():
            script = "\n".join(
                f"f{number}() {{\n{text}\n}}"
                for number, text in enumerate(
                    text for _, assault in draws[::4] for text in (assault.command, assault.listener or "true")
                )
            )
            checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
            self.assertEqual((0, ""), (checked.returncode, checked.stderr), f"{name}: {checked.stderr}")

    def test_runs_differ_and_seeds_repeat(self):
        for name, draws in self.draws.items():
            texts = [everything(*draw) for draw in draws]
            self.assertGreaterEqual(len(set(texts)), 5, f"{name} has too few distinct draws")
            again = everything(*drawn(catalogue.ATTACKS[name], 7))
            self.assertEqual(texts[7], again, f"{name} does not follow from its seed")

    def test_every_class_has_at_least_five_runs_to_draw(self):
        labels = {}
        for name, attack in catalogue.ATTACKS.items():
            labels.setdefault((attack.label, attack.technique), set()).update(
                assault.command for _, assault in self.draws[name]
            )
        self.assertEqual(len({label for label, _ in labels}), len(labels), "a class has one technique")
        for label, texts in labels.items():
            self.assertGreaterEqual(len(texts), 5, label)

    def test_evidence_is_narrow(self):
        for name, draws in self.draws.items():
            for place, assault in draws:
                for rule in assault.evidence:
                    self.assertIn(rule.protocol, ("tcp", "udp", "icmp", "arp", "dhcp", "icmp6"), name)
                    if rule.protocol in ("tcp", "icmp") or rule.protocol == "udp" and not rule.query_suffixes:
                        self.assertTrue(rule.sources and rule.targets, f"{name} has evidence that names no addresses")
                    self.check_addresses(name, place, rule)

    def check_addresses(self, name, place, rule):
        network = place.network
        own = [segment.network for segment in network.segments.values()]
        for target in rule.targets:
            self.assertTrue(any(ipaddress.ip_address(target) in one for one in own), f"{name} aims at {target}")
        for source in rule.sources:
            if ":" in source:
                self.assertEqual(place.host.mac, source, name)
                continue
            known = [host.address for host in network.everywhere.values() if host is not place.host]
            self.assertNotIn(source, known, f"{name} names the address of another host as its source")

    def test_listeners_are_hosts(self):
        for name, draws in self.draws.items():
            for place, assault in draws:
                self.assertIn(assault.listener_host, place.network.everywhere, name)

    def test_classes_are_complete(self):
        expected = set(
            "amp_memcached arp_spoof brute_ftp brute_http brute_mail brute_smb brute_ssh brute_ssh_slow brute_telnet"
            " c2_beacon_dns c2_beacon_https c2_beacon_tcp cryptomine_stratum dhcp_starvation dns_amplification dns_enum"
            " dos_http_flood dos_icmp_flood dos_slowbody dos_slowloris dos_slowread dos_syn_flood dos_tcp_flood_ack"
            " dos_udp_flood exfil_http exfil_nc exfil_ssh http_tunnel ipv6_ra_flood lateral_ssh ldap_enum pivot_socks"
            " recon_hostsweep redis_exploit reverse_shell scan_connect scan_os_decoy scan_slow scan_stealth scan_syn"
            " scan_udp scan_version smb_enum snmp_brute tls_probe tunnel_dns tunnel_icmp tunnel_ssh"
            " web_dirbust web_sqli web_vulnscan".split()
        )
        self.assertEqual(set(), expected - {attack.label for attack in catalogue.ATTACKS.values()})


if __name__ == "__main__":
    unittest.main()
