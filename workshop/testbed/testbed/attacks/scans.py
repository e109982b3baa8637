"""Scans of ports and hosts: what is there, and what runs on it."""

from ipaddress import IPv4Address

from testbed.attacks.material import ANYWHERE, INSIDE, NEIGHBOURS, forged, frames, hardware_address, machines, maybe, others, segment, words
from testbed.catalogue import Assault, attack

# Without it nmap writes frames itself, and nothing names the process that opened a flow.
NMAP = "nmap -n -Pn --send-ip"
SERVICES = (21, 22, 23, 25, 53, 80, 110, 143, 389, 443, 445, 502, 873, 993, 995, 1883, 3306, 5432, 6379, 8080, 8888, 9418,
            11211)


def span(c, fewest: int, most: int) -> tuple[int, int]:
    """First and last of so many ports; low ones are likelier."""
    first = c.choose(c.between(1, 60), c.between(1, 1000), c.between(1000, 9000))
    return first, first + c.between(fewest, most) - 1


def ports(c, fewest: int, most: int) -> str:
    """An option of nmap's for so many ports."""
    first, last = span(c, fewest, most)
    some = ",".join(map(str, c.random.sample(SERVICES, c.between(3, 9))))
    return c.choose(f"--top-ports {c.between(fewest, most)}", f"-p {first}-{last}", f"-p {first}-{last},{some}")


@attack("scan_syn", technique="T1046", tool="nmap -sS", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_syn(c):
    return Assault(words(
        NMAP, "-sS", f"-T{c.between(3, 4)}", f"--max-retries {c.between(0, 2)}", ports(c, 80, 350),
        maybe(c, 0.4, "--randomize-hosts"), maybe(c, 0.4, f"-g {c.choose(20, 53, 80, 443)}"),
        maybe(c, 0.3, f"--data-length {c.between(1, 60)}"), maybe(c, 0.3, f"--ttl {c.between(37, 200)}"),
        maybe(c, 0.3, f"--max-rate {c.between(40, 200)}"), machines(c, c.between(1, 3))))


@attack("scan_syn", technique="T1046", tool="hping3 --scan", origins=ANYWHERE, packages=("hping3",), seconds=25)
def hping_syn_scan(c):
    first, last = span(c, 100, 300)
    return Assault(words("hping3 --scan", f"{first}-{last}", "-S", maybe(c, 0.4, f"-w {c.choose(512, 1024, 64240)}"),
                         machines(c)))


@attack("scan_syn", technique="T1046", tool="masscan", origins=("outside",), packages=("masscan",), seconds=25)
def masscan_syn(c):
    first, last = span(c, 60, 250)
    targets = others(c, c.between(1, 3))
    return Assault(words("masscan", f"--rate {c.between(40, 300)}", "--wait 2", f"-p{first}-{last}",
                         f"--interface {c.host.device} --source-ip {c.host.address}", f"--seed {c.between(1, 10**6)}",
                         *targets),
                   evidence=frames(c, "tcp", targets, range(first, last + 1)))


@attack("scan_syn", technique="T1046", tool="zmap", origins=("outside",), packages=("zmap", "arping"), seconds=30)
def zmap_syn(c):
    network = c.choose(*segment(c).subnets(new_prefix=c.between(26, 28)))
    probed = sorted(c.random.sample(SERVICES, c.between(2, 5)))
    command = "; ".join(f"zmap -q -i {c.host.device} -G $hop -p {port} -r {c.between(30, 150)} -c 1 -e {c.between(1, 10**6)}"
                        f" -S {c.host.address} -b /dev/null {network} </dev/null" for port in probed)
    return Assault(f"hop={hardware_address(c, str(network[1]))}; {command}", evidence=frames(c, "tcp", [str(address) for address in network], probed))


@attack("scan_connect", technique="T1046", tool="nmap -sT", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_connect(c):
    return Assault(words("nmap -n -Pn -sT", f"-T{c.between(2, 4) if c.chance(0.2) else c.between(3, 4)}",
                         f"--max-retries {c.between(0, 1)}", ports(c, 60, 250),
                         maybe(c, 0.4, f"--scan-delay {c.between(5, 60)}ms"),
                         maybe(c, 0.3, f"--max-parallelism {c.between(1, 30)}"), machines(c, c.between(1, 2))))


@attack("scan_connect", technique="T1046", tool="nping --tcp-connect", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nping_connect(c):
    first, last = span(c, 60, 200)
    return Assault(f"nping -q --tcp-connect --rate {c.between(10, 60)} -c 1 -p {first}-{last} {machines(c)}")


@attack("scan_connect", technique="T1046", tool="netcat", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=30)
def netcat_connect(c):
    first, last = span(c, 60, 180)
    return Assault("; ".join(f"seq {first} {last} | xargs -P {c.between(1, 12)} -I PORT nc.openbsd -z -n -w1 {target} PORT"
                             for target in others(c, c.between(1, 2))))


@attack("scan_connect", technique="T1046", tool="bash", origins=INSIDE, seconds=30)
def bash_connect(c):
    first, last = span(c, 60, 200)
    order = c.choose(f"seq {first} {last}", f"shuf -i {first}-{last} --random-source=<(yes {c.between(1, 999)})")
    return Assault(f"for port in $({order}); do timeout 1 bash -c \"</dev/tcp/{machines(c)}/$port\" && echo $port;"
                   f" sleep {c.between(0.0, 0.1)}; done")


@attack("scan_stealth", technique="T1046", tool="nmap stealth", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_stealth(c):
    kind = c.choose("-sF", "-sN", "-sX", "-sM", "-sA", "-sW", "-sS --scanflags URGPSH", "-sS --scanflags FINPSHURGACK")
    return Assault(words(NMAP, kind, f"--max-retries {c.between(0, 1)}", ports(c, 60, 160),
                         maybe(c, 0.3, f"-g {c.choose(20, 53, 443)}"), machines(c)), variant=kind)


@attack("scan_stealth", technique="T1046", tool="hping3 --scan", origins=ANYWHERE, packages=("hping3",), seconds=30)
def hping_stealth(c):
    first, last = span(c, 60, 160)
    kind = c.choose("-F", "-F -P -U", "-A", "-X -Y", "-P", "-F -A")
    return Assault(f"hping3 --scan {first}-{last} {kind} {machines(c)}", variant=kind)


@attack("scan_udp", technique="T1046", tool="nmap -sU", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_udp(c):
    return Assault(words(NMAP, "-sU", f"--max-retries {c.between(0, 1)} --min-rate {c.between(10, 60)}", ports(c, 40, 140),
                         maybe(c, 0.4, f"--data-length {c.between(4, 80)}"), machines(c, c.between(1, 2))))


@attack("scan_udp", technique="T1046", tool="nping --udp", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nping_udp(c):
    first, last = span(c, 40, 150)
    return Assault(words("nping -q --send-ip --udp -c 1", f"--rate {c.between(10, 60)} -p {first}-{last}",
                         f"--data-length {c.between(1, 100)}", machines(c)))


@attack("scan_udp", technique="T1046", tool="netcat", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=30)
def netcat_udp(c):
    first, last = span(c, 30, 80)
    return Assault(f"seq {first} {last} | xargs -P {c.between(4, 16)} -I PORT timeout 3 nc.openbsd -v -z -u -n -w1"
                   f" {machines(c)} PORT")


@attack("scan_version", technique="T1046", tool="nmap -sV", origins=ANYWHERE, packages=("nmap",), seconds=45)
def nmap_version(c):
    probed = ",".join(map(str, sorted(c.random.sample(SERVICES, c.between(4, 10)))))
    return Assault(words("nmap -n -Pn -sT -sV", f"--version-intensity {c.between(1, 6)} -p {probed}",
                         maybe(c, 0.3, "--script banner"), machines(c, c.between(1, 2))))


@attack("scan_version", technique="T1046", tool="banner loop", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=40)
def banner_grab(c):
    probed = " ".join(map(str, c.random.sample(SERVICES, c.between(6, 12))))
    request = c.choose(r"HEAD / HTTP/1.0\r\n\r\n", r"\r\n\r\n", r"HELP\r\n", r"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    return Assault(f"for host in {machines(c, c.between(1, 3))}; do for port in {probed}; do printf '{request}' |"
                   f" timeout {c.between(2, 4)} nc.openbsd -n -w{c.between(1, 2)} $host $port | head -c 300; done; done")


@attack("scan_os_decoy", technique="T1046", tool="nmap -O", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_system(c):
    first, last = span(c, 30, 80)
    return Assault(words(NMAP, "-O --max-os-tries 1", f"-p {first}-{last},22,80,443,445", maybe(c, 0.4, "--osscan-guess"),
                         machines(c)))


@attack("scan_os_decoy", technique="T1046", tool="nmap -D", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nmap_decoys(c):
    decoys = forged(c, c.between(2, 5)) + ["ME"]
    c.random.shuffle(decoys)
    return Assault(words(NMAP, c.choose("-sS", "-sS", "-sF"), f"-D {','.join(decoys)}", "--max-retries 0",
                         ports(c, 50, 130), machines(c)))


@attack("scan_slow", technique="T1046", tool="nmap slow", origins=ANYWHERE, packages=("nmap",), seconds=220)
def nmap_slow(c):
    kind = c.choose("--send-ip -sS", "-sT", "--send-ip -sF")
    return Assault(words("nmap -n -Pn", kind, f"--max-retries 0 --scan-delay {c.between(500, 2600)}ms --max-parallelism 1",
                         c.choose("--randomize-hosts", ""), ports(c, 300, 600), machines(c, c.between(1, 2))), variant=kind)


@attack("scan_slow", technique="T1046", tool="nping slow", origins=ANYWHERE, packages=("nmap",), seconds=200)
def nping_slow(c):
    probed = ",".join(map(str, c.random.sample(range(1, 1100), c.between(80, 200))))
    return Assault(words("nping -q --send-ip --tcp -c 1", f"--delay {c.between(500, 2600)}ms -p {probed}",
                         f"--win {c.choose(1024, 5840, 64240)}", machines(c)))


@attack("scan_slow", technique="T1046", tool="hping3 slow", origins=ANYWHERE, packages=("hping3",), seconds=200)
def hping_slow(c):
    first, last = span(c, 300, 900)
    low, high = c.between(0.3, 1.0), c.between(1.1, 3.0)
    return Assault(f"RANDOM={c.between(1, 32767)}; for port in $(shuf -i {first}-{last} -n {c.between(90, 180)}"
                   f" --random-source=<(yes {c.between(1, 999)})); do hping3 -q -S -c 1 -p $port {machines(c)};"
                   f" sleep $(awk -v r=$RANDOM 'BEGIN {{ print {low} + ({high} - {low}) * r / 32768 }}'); done")


def swept(c, most: int) -> list[str]:
    """Addresses of one segment in a row, at least one of which a host has."""
    network = segment(c)
    hosts = [str(address) for address in network.hosts()]
    count = min(len(hosts), c.between(most // 2, most))
    taken = [host.address for host in c.network.hosts.values() if IPv4Address(host.address) in network]
    first = hosts.index(c.random.choice(taken)) - c.between(0, count - 1)
    first = max(0, min(first, len(hosts) - count))
    return hosts[first : first + count]


def asked_by_kernel(c, addresses: list[str]):
    """The host's kernel asks who has an address of its segment before it can be probed; of those that nobody has, only
    the sweep is the reason."""
    taken = {host.address for host in c.network.hosts.values()}
    return frames(c, "arp", [address for address in addresses if address not in taken])


@attack("recon_hostsweep", technique="T1018", tool="arp-scan", origins=NEIGHBOURS, packages=("arp-scan",), seconds=25)
def arp_scan(c):
    targets = swept(c, 200)
    return Assault(words("arp-scan -q -I", c.host.device, f"--interval {c.between(5, 60)} --retry {c.between(1, 2)}",
                         maybe(c, 0.4, "--random"), f"{targets[0]}-{targets[-1]}"),
                   evidence=frames(c, "arp", targets))


@attack("recon_hostsweep", technique="T1018", tool="netdiscover", origins=NEIGHBOURS, packages=("netdiscover",), seconds=25)
def netdiscover_sweep(c):
    return Assault(words(f"TERM=vt100 timeout {c.between(10, 20)} netdiscover -P -N -i", c.host.device,
                         f"-r {segment(c)} -s {c.between(5, 40)}"),
                   evidence=frames(c, "arp", [str(address) for address in segment(c).hosts()],
                                   sources=(c.host.mac,)))


@attack("recon_hostsweep", technique="T1018", tool="arping", origins=NEIGHBOURS, packages=("arping",), seconds=30)
def arping_sweep(c):
    targets = swept(c, 80)
    return Assault(f"printf '%s\\n' {' '.join(targets)} | xargs -P {c.between(2, 8)} -I TARGET arping -q -c1"
                   f" -w {c.choose(0.3, 0.5, 1)} -I {c.host.device} TARGET", evidence=frames(c, "arp", targets))


@attack("recon_hostsweep", technique="T1018", tool="nmap -sn", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_sweep(c):
    targets = swept(c, 80)
    last = targets[-1].rsplit(".", 1)[1]
    probes = c.choose("-PE", f"-PS{c.choose(22, 80, 443)}", "-PE -PS443 -PA80 -PP", f"-PU{c.choose(53, 161, 40125)}",
                      f"-PE -PS{c.choose('80,443', '22,445')}")
    return Assault(words("nmap -n -sn --send-ip --disable-arp-ping", probes, f"--max-retries {c.between(0, 1)}",
                         f"{targets[0]}-{last}"), evidence=asked_by_kernel(c, targets), variant=probes)


@attack("recon_hostsweep", technique="T1018", tool="fping", origins=ANYWHERE, packages=("fping",), seconds=30)
def fping_sweep(c):
    targets = swept(c, 120)
    return Assault(words("fping -q", f"-r {c.between(0, 1)} -i {c.between(5, 50)} -b {c.between(16, 200)}",
                         f"-g {targets[0]} {targets[-1]}"), evidence=asked_by_kernel(c, targets))


@attack("recon_hostsweep", technique="T1018", tool="ping loop", origins=ANYWHERE, packages=("iputils-ping",), seconds=30)
def ping_sweep(c):
    targets = swept(c, 60)
    return Assault(f"printf '%s\\n' {' '.join(targets)} | xargs -P {c.between(2, 20)} -I TARGET ping -q -n -c1 -W1"
                   f" -s {c.between(0, 200)} TARGET", evidence=asked_by_kernel(c, targets))
