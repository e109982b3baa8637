"""Captures of a campaign: the packets at the bridge of every segment, each packet once, and the log of new connections
of every host."""

from __future__ import annotations

import asyncio
import re
import signal
from dataclasses import dataclass
from pathlib import Path

from testbed.network import Host, Network, Segment
from testbed.processes import inside, start
from testbed.refusal import Failure
from testbed.requirements import LOG_GROUP

PACKET_BYTES = 200
LOG_BYTES = 256
PACKET_BUFFER_KIB = 32768
LOG_BUFFER_KIB = 8192
READY_SECONDS = 15


@dataclass
class Recorder:
    """One tcpdump, what it writes, and what it said it dropped."""

    name: str
    file: Path
    log: Path
    process: asyncio.subprocess.Process
    dropped: int = 0


def filters(segments: list[Segment]) -> list[str]:
    """Capture filters for the bridges of the segments. A packet between two segments crosses both bridges: it is left
    out where its other end lies in a segment captured before."""
    before = [[f"net {other.network}" for other in segments[:at]] for at in range(len(segments))]
    return [f"not (ip and ({' or '.join(networks)}))" if networks else "" for networks in before]


class Capture:
    """Recorders of packets and of new connections; files lie in `folder`."""

    def __init__(self, network: Network, switch: Host, folder: Path):
        self.network = network
        self.switch = switch
        self.folder = folder
        self.packets: list[Recorder] = []
        self.connections: list[Recorder] = []

    async def log_connections(self):
        """To be called before any service starts, so that no connection is missed."""
        for host in self.network.everywhere.values():
            options = ["-i", f"nflog:{LOG_GROUP}", "-s", str(LOG_BYTES), "-B", str(LOG_BUFFER_KIB)]
            self.connections.append(await self._record(host, f"connections-{host.name}", options))
        await asyncio.gather(*(self._ready(recorder) for recorder in self.connections))

    async def record_packets(self):
        segments = list(self.network.segments.values())
        for segment, expression in zip(segments, filters(segments)):
            options = ["-i", segment.bridge, "-s", str(PACKET_BYTES), "-B", str(PACKET_BUFFER_KIB)]
            options += [expression] if expression else []
            self.packets.append(await self._record(self.switch, f"packets-{segment.name}", options))
        await asyncio.gather(*(self._ready(recorder) for recorder in self.packets))

    async def stop(self):
        """Ends all recorders; each then says how many packets the kernel dropped before it."""
        recorders = self.packets + self.connections
        for recorder in recorders:
            recorder.process.send_signal(signal.SIGINT)
        await asyncio.gather(*(recorder.process.wait() for recorder in recorders))
        for recorder in recorders:
            said = re.search(r"(\d+) packets dropped by kernel", recorder.log.read_text())
            recorder.dropped = int(said.group(1)) if said else 0

    async def _record(self, host: Host, name: str, options: list[str]) -> Recorder:
        file, log = self.folder / f"{name}.pcap", self.folder / f"{name}.log"
        process = await start(inside(host, ["tcpdump", "-Z", "root", "-n", "-w", str(file), *options]), log)
        return Recorder(name, file, log, process)

    @staticmethod
    async def _ready(recorder: Recorder):
        for _ in range(READY_SECONDS * 10):
            if "listening on" in recorder.log.read_text():
                return
            await asyncio.sleep(0.1)
        raise Failure(f"tcpdump does not start ({recorder.log.read_text().strip()}): it must be allowed to capture")
