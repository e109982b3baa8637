import tempfile
import unittest
from pathlib import Path

from captures import arp, connection, frame, mac, sent, tcp, udp, unreachable, ip4, write
from testbed.truth.flows import Assembler, assemble
from testbed.truth.packets import Endpoints, decode, merged, read


def flows(*frames, owners=None):
    assembler = Assembler(owners)
    for each in sorted(frames, key=lambda f: f.time):
        assembler.add(each)
    return assembler.flows


class FlowsTest(unittest.TestCase):
    def test_both_directions_of_a_connection_are_one_flow(self):
        (flow,) = flows(*connection(1, "10.0.0.1", 5000, "10.0.0.2", 80, packets=4))
        self.assertEqual(Endpoints(6, "10.0.0.1", 5000, "10.0.0.2", 80), flow.endpoints)
        self.assertEqual([7, 6], flow.packets)
        self.assertEqual((1_000_000, 1_910_000), (flow.start, flow.end))
        self.assertEqual(0x1B, flow.flags & 0x1F)

    def test_who_answers_first_in_the_capture_did_not_open_it(self):
        (flow,) = flows(sent(1, 6, "10.0.0.2", "10.0.0.1", tcp(80, 5000, 0x12)))
        self.assertEqual(("10.0.0.1", 5000), flow.endpoints[1:3])
        self.assertEqual([0, 1], flow.packets)

    def test_a_port_that_is_used_again_opens_a_new_flow(self):
        again = connection(3, "10.0.0.1", 5000, "10.0.0.2", 80)
        self.assertEqual(2, len(flows(*connection(1, "10.0.0.1", 5000, "10.0.0.2", 80), *again)))

    def test_silence_ends_a_flow(self):
        at = lambda time: sent(time, 17, "10.0.0.1", "10.0.0.2", udp(5000, 5001))
        self.assertEqual(1, len(flows(at(0), at(59))))
        self.assertEqual(2, len(flows(at(0), at(61))))

    def test_later_fragments_belong_to_the_flow_of_the_first(self):
        first = sent(1, 17, "10.0.0.1", "10.0.0.2", udp(5000, 5001, bytes(100)), identification=7, fragment=0x2000)
        second = sent(1.001, 17, "10.0.0.1", "10.0.0.2", bytes(100), identification=7, fragment=20)
        (flow,) = flows(first, second)
        self.assertEqual([2, 0], flow.packets)

    def test_an_error_quotes_the_packet_that_it_is_about(self):
        about = ip4(17, "10.0.0.1", "10.0.0.2", udp(5000, 161))
        packet = decode(sent(1, 1, "10.0.0.2", "10.0.0.1", unreachable(about)).data)
        self.assertEqual(Endpoints(17, "10.0.0.1", 5000, "10.0.0.2", 161), packet.quoted)

    def test_a_host_that_sends_for_another_is_noticed(self):
        passed_on = frame(1, ip4(6, "10.0.0.1", "10.0.0.2", tcp(5000, 80, 2)), mac("10.0.0.9"))
        owners = {"02:00:00:00:00:09": "10.0.0.9", "02:00:00:00:00:01": "10.0.0.1"}
        (flow,) = flows(passed_on, owners=owners)
        self.assertEqual("02:00:00:00:00:09", flow.foreign)

    def test_arp_is_a_flow_of_its_own_kind(self):
        (flow,) = flows(frame(1, arp(1, "10.0.0.1", "10.0.0.2"), mac("10.0.0.1"), 0x0806))
        self.assertEqual(Endpoints("arp", "10.0.0.1", 1, "10.0.0.2", 0), flow.endpoints)


class SlimCaptureTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_first_packets_are_whole_and_others_headers_only(self):
        many = [sent(at / 10, 6, "10.0.0.1", "10.0.0.2", tcp(5000, 80, 0x18, bytes(400))) for at in range(15)]
        slim = self.folder / "slim.pcap"
        assemble(iter(many), slim, {})
        kept = [len(f.data) for f in read(slim)]
        self.assertEqual([200] * 12 + [54] * 3, kept)
        self.assertEqual({454}, {f.length for f in read(slim)})

    def test_captures_are_merged_by_time_and_a_cut_frame_is_left_out(self):
        one = write(self.folder / "one.pcap", [sent(t, 17, "10.0.0.1", "10.0.0.2", udp(1, 2)) for t in (1, 3)])
        two = write(self.folder / "two.pcap", [sent(t, 17, "10.0.0.2", "10.0.0.1", udp(3, 4)) for t in (2, 4)])
        two.write_bytes(two.read_bytes()[:-5])
        self.assertEqual([1_000_000, 2_000_000, 3_000_000], [f.time for f in merged([one, two])])


if __name__ == "__main__":
    unittest.main()
