import tempfile
import unittest
from pathlib import Path

from captures import MACS, arp, connection, frame, ip4, logged, mac, query, sent, tcp, udp, unreachable, write
from testbed.catalogue import Evidence
from testbed.truth.claims import Claims, read_log
from testbed.truth.facts import Facts, RunFacts, Verdict
from testbed.truth.flows import Assembler
from testbed.truth.label import Labeller

CLIENT, SERVER, ATTACKER = "10.0.0.1", "10.0.0.2", "10.0.0.9"
BROWSING, NGINX, RESOLVER, LOGIN, ATTACK, OTHER = 20000, 30000, 30001, 1000, 40001, 40002
SECOND = 1_000_000


def run(number=1, label="scan_syn", start=0.0, end=10.0, group=ATTACK, evidence=()):
    return RunFacts(number, label, "nmap", round(start * SECOND), round(end * SECOND), group, tuple(evidence))


class LabelTest(unittest.TestCase):
    """Labels of small captures; `claim` is what the log of a host says."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.claims = {CLIENT: [], SERVER: [], ATTACKER: []}

    def claim(self, time, group, protocol, source, target, payload):
        self.claims[source].append(logged(time, group, ip4(protocol, source, target, payload)))

    def claim_tcp(self, time, group, source, source_port, target, target_port):
        self.claim(time, group, 6, source, target, tcp(source_port, target_port, 2))

    def label(self, *frames, runs=(), **facts):
        assembler = Assembler({value: key for key, value in MACS.items()})
        for each in sorted(frames, key=lambda f: f.time):
            assembler.add(each)
        names = {CLIENT: "c1", SERVER: "s1", ATTACKER: "x1"}
        log = [
            claim for address, entries in self.claims.items()
            for claim in read_log(write(self.folder / "log.pcap", entries, 239), names[address])
        ]
        known = Facts(
            list(runs), {BROWSING: "browse"}, {NGINX: "nginx", RESOLVER: "dnsmasq"}, {("s1", 33): "nginx"},
            frozenset({0, LOGIN}), names, {mac: names[address] for address, mac in MACS.items()}, frozenset({SERVER}),
        )
        self.flows = assembler.flows
        verdicts = Labeller(known, Claims(log)).label(assembler.flows)
        return [verdicts[flow.number] for flow in assembler.flows]

    def test_the_process_that_opened_a_flow_names_it(self):
        self.claim_tcp(1, BROWSING, CLIENT, 5000, SERVER, 80)
        self.claim_tcp(2, ATTACK, ATTACKER, 6000, SERVER, 80)
        frames = connection(1.01, CLIENT, 5000, SERVER, 80) + connection(2.01, ATTACKER, 6000, SERVER, 80)
        self.assertEqual(
            [Verdict("benign", "browse", "", "gid"), Verdict("scan_syn", "nmap", "1", "gid")],
            self.label(*frames, runs=[run()]),
        )

    def test_one_address_may_do_both(self):
        self.claim_tcp(1, BROWSING, CLIENT, 5000, SERVER, 80)
        self.claim_tcp(1, ATTACK, CLIENT, 5001, SERVER, 80)
        frames = connection(1.01, CLIENT, 5000, SERVER, 80) + connection(1.02, CLIENT, 5001, SERVER, 80)
        self.assertEqual(["benign", "scan_syn"], [v.label for v in self.label(*frames, runs=[run()])])

    def test_a_port_used_again_is_whoever_used_it_then(self):
        self.claim_tcp(1, BROWSING, CLIENT, 5000, SERVER, 80)
        self.claim_tcp(5, ATTACK, CLIENT, 5000, SERVER, 80)
        frames = connection(1.01, CLIENT, 5000, SERVER, 80) + connection(5.01, CLIENT, 5000, SERVER, 80)
        self.assertEqual(["benign", "scan_syn"], [v.label for v in self.label(*frames, runs=[run()])])

    def test_a_flow_that_goes_on_after_silence_keeps_its_process(self):
        self.claim(1, BROWSING, 17, CLIENT, SERVER, udp(5000, 5001))
        packet = lambda time: sent(time, 17, CLIENT, SERVER, udp(5000, 5001))
        self.assertEqual(["browse", "browse"], [v.detail for v in self.label(packet(1), packet(100))])

    def test_a_flow_is_turned_to_who_opened_it(self):
        self.claim(1, BROWSING, 17, CLIENT, SERVER, udp(5000, 5001))
        self.label(sent(1.01, 17, SERVER, CLIENT, udp(5001, 5000)))
        self.assertEqual(CLIENT, self.flows[0].endpoints.source)

    def test_what_a_server_opens_is_benign(self):
        self.claim_tcp(1, NGINX, SERVER, 5000, CLIENT, 80)
        self.claim_tcp(3, 33, SERVER, 5001, CLIENT, 80)
        frames = connection(1, SERVER, 5000, CLIENT, 80) + connection(3, SERVER, 5001, CLIENT, 80)
        self.assertEqual({Verdict("benign", "server:nginx", "", "gid")}, set(self.label(*frames)))

    def test_what_nothing_claims_is_ambiguous_and_has_a_reason(self):
        (verdict,) = self.label(*connection(1, CLIENT, 5000, SERVER, 80))
        self.assertEqual(("ambiguous", "unattributed"), verdict[:2])
        self.assertEqual("c1 logged no process for it", verdict.reason)

    def test_a_tool_s_look_ups_are_aux_unless_they_are_the_attack(self):
        lookup = sent(1, 17, ATTACKER, SERVER, udp(5000, 53, query("www.corp.test")))
        self.claim(1, ATTACK, 17, ATTACKER, SERVER, udp(5000, 53))
        self.assertEqual("aux", self.label(lookup, runs=[run(label="brute_ssh")])[0].label)
        self.assertEqual("tunnel_dns", self.label(lookup, runs=[run(label="tunnel_dns")])[0].label)

    def test_rules_hold_for_their_addresses_ports_and_time(self):
        rule = Evidence("tcp", sources=(ATTACKER, "172.16.0.0/16"), targets=(SERVER,), ports=(80,))
        syn = lambda time, source, port: sent(time, 6, source, SERVER, tcp(5000 + time, port, 2))
        matching = syn(1, ATTACKER, 80), syn(2, "172.16.9.9", 80)
        frames = *matching, syn(3, ATTACKER, 81), syn(4, CLIENT, 80), syn(14, ATTACKER, 80)
        labels = [v.label for v in self.label(*frames, runs=[run(evidence=[rule])])]
        self.assertEqual(["scan_syn", "scan_syn", "ambiguous", "ambiguous", "ambiguous"], labels)

    def test_a_rule_does_not_take_what_a_process_claims(self):
        self.claim_tcp(1, BROWSING, CLIENT, 5000, SERVER, 80)
        verdicts = self.label(*connection(1, CLIENT, 5000, SERVER, 80), runs=[run(evidence=[Evidence("ip")])])
        self.assertEqual("benign", verdicts[0].label)

    def test_a_rule_takes_what_a_server_does_for_the_attacker(self):
        self.claim_tcp(1, NGINX, SERVER, 5000, ATTACKER, 4444)
        rule = Evidence("tcp", sources=(SERVER,), ports=(4444,))
        verdicts = self.label(*connection(1, SERVER, 5000, ATTACKER, 4444), runs=[run(evidence=[rule])])
        self.assertEqual("rule", verdicts[0].evidence)

    def test_look_ups_in_a_run_s_zone_are_the_run_s_whoever_carries_them_on(self):
        rule = Evidence("dns", query_suffixes=("t1.example.test",))
        self.claim(1, RESOLVER, 17, SERVER, ATTACKER, udp(5000, 53))
        self.claim(2, RESOLVER, 17, SERVER, ATTACKER, udp(5001, 53))
        frames = [
            sent(1, 17, SERVER, ATTACKER, udp(5000, 53, query("abc.t1.example.test"))),
            sent(2, 17, SERVER, ATTACKER, udp(5001, 53, query("notmt1.example.test"))),
        ]
        verdicts = self.label(*frames, runs=[run(label="tunnel_dns", evidence=[rule])])
        self.assertEqual([("tunnel_dns", "qname"), ("benign", "gid")], [(v.label, v.evidence) for v in verdicts])

    def test_dhcp_of_invented_hosts_is_the_run_s(self):
        message = lambda client: udp(68, 67, bytes(28) + bytes.fromhex(client.replace(":", "")) + bytes(10))
        frames = [
            frame(1, ip4(17, "0.0.0.0", "255.255.255.255", message("02:11:22:33:44:55")), mac(ATTACKER)),
            frame(2, ip4(17, "0.0.0.0", "255.255.255.255", message(MACS[CLIENT])), mac(CLIENT)),
        ]
        verdicts = self.label(*frames, runs=[run(label="dhcp_starvation", evidence=[Evidence("dhcp")])])
        self.assertEqual(["dhcp_starvation", "benign"], [v.label for v in verdicts])

    def test_a_late_answer_to_an_invented_host_is_the_run_s_too(self):
        message = udp(68, 67, bytes(28) + bytes.fromhex("021122334455") + bytes(10))
        answer = udp(67, 68, bytes(28) + bytes.fromhex("021122334455") + bytes(10))
        self.claim(40, RESOLVER, 17, SERVER, "255.255.255.255", answer)
        frames = [
            frame(1, ip4(17, "0.0.0.0", "255.255.255.255", message), mac(ATTACKER)),
            frame(40, ip4(17, SERVER, "255.255.255.255", answer), mac(SERVER)),
        ]
        verdicts = self.label(*frames, runs=[run(label="dhcp_starvation", evidence=[Evidence("dhcp")])])
        self.assertEqual(["dhcp_starvation"] * 2, [v.label for v in verdicts])

    def test_an_answer_from_a_new_port_is_that_of_who_asked(self):
        self.claim(1, ATTACK, 17, ATTACKER, SERVER, udp(5000, 69))
        self.claim(1.1, NGINX, 17, SERVER, ATTACKER, udp(7000, 5000))
        frames = sent(1, 17, ATTACKER, SERVER, udp(5000, 69)), sent(1.1, 17, SERVER, ATTACKER, udp(7000, 5000))
        verdicts = self.label(*frames, runs=[run()])
        self.assertEqual([("scan_syn", "gid"), ("scan_syn", "answer")], [(v.label, v.evidence) for v in verdicts])

    def test_errors_follow_what_they_quote(self):
        probe, benign = udp(5000, 161), udp(5001, 162)
        self.claim(1, ATTACK, 17, ATTACKER, SERVER, probe)
        self.claim(1, BROWSING, 17, CLIENT, SERVER, benign)
        frames = [
            sent(1, 17, ATTACKER, SERVER, probe), sent(1, 17, CLIENT, SERVER, benign),
            sent(1.1, 1, SERVER, ATTACKER, unreachable(ip4(17, ATTACKER, SERVER, probe))),
            sent(1.2, 1, SERVER, CLIENT, unreachable(ip4(17, CLIENT, SERVER, benign))),
        ]
        errors = self.label(*frames, runs=[run()])[2:]
        provoked, plain = Verdict("aux", "icmp-error", "1", "quoted"), Verdict("benign", "icmp-error", "", "quoted")
        self.assertEqual([provoked, plain], errors)

    def test_what_a_login_opens_is_that_of_who_logged_in(self):
        self.claim_tcp(1, ATTACK, ATTACKER, 5000, SERVER, 22)
        self.claim_tcp(1.5, LOGIN, SERVER, 6000, CLIENT, 445)
        frames = connection(1, ATTACKER, 5000, SERVER, 22, packets=8) + connection(1.5, SERVER, 6000, CLIENT, 445)
        forwarded = self.label(*frames, runs=[run(label="pivot_socks")])[1]
        self.assertEqual(Verdict("pivot_socks", "nmap", "1", "login"), forwarded)

    def test_what_a_login_opens_is_ambiguous_while_others_are_logged_in(self):
        self.claim_tcp(1, ATTACK, ATTACKER, 5000, SERVER, 22)
        self.claim_tcp(1, BROWSING, CLIENT, 5001, SERVER, 22)
        self.claim_tcp(1.5, LOGIN, SERVER, 6000, CLIENT, 445)
        frames = connection(1, ATTACKER, 5000, SERVER, 22, 8) + connection(1, CLIENT, 5001, SERVER, 22, 8)
        verdicts = self.label(*frames, *connection(1.5, SERVER, 6000, CLIENT, 445), runs=[run()])
        self.assertEqual("ambiguous", verdicts[2].label)

    def test_arp_belongs_to_who_made_the_kernel_ask(self):
        self.claim(1, ATTACK, 1, ATTACKER, "10.0.0.77", bytes((8, 0, 0, 0, 0, 1)))
        asked = lambda time, sender, target: frame(time, arp(1, sender, target), mac(sender), 0x0806)
        verdicts = self.label(asked(1, ATTACKER, "10.0.0.77"), asked(1, CLIENT, SERVER), runs=[run()])
        self.assertEqual(["scan_syn", "benign"], [v.label for v in verdicts])

    def test_what_another_host_passed_on_is_ambiguous(self):
        (verdict,) = self.label(frame(1, ip4(6, CLIENT, "10.0.0.50", tcp(5000, 80, 2)), mac(ATTACKER)))
        self.assertEqual(("ambiguous", "intercepted"), verdict[:2])


if __name__ == "__main__":
    unittest.main()
