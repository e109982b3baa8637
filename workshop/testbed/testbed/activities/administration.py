"""The work of administrators and of what they set up: monitoring, time, logs, measurements, scanners, renewals."""

from __future__ import annotations

from testbed.activities.common import EVERYBODY, PEOPLE, own_site, pause, repeat, user_agent, word
from testbed.catalogue import activity
from testbed.context import Context

STAFF = ("client", "server")
COMMON_PORTS = (21, 22, 25, 53, 80, 110, 143, 389, 443, 445, 993, 1883, 3306, 3389, 5432, 6379, 8080, 8443)


def address_of_own(context: Context) -> str:
    return context.choose(*(host.address for host in context.network.hosts.values() if host is not context.host))


@activity(
    "health_check",
    weight=1.4,
    roles=STAFF,
    needs=("web", "shop"),
    packages=("curl",),
    seconds=130,
    hard_negative="c2_beacon_https",
)
def health_check(context):
    """A monitoring system that asks the same page at a fixed interval."""
    address, period = own_site(context)[0], context.between(1.0, 15.0)
    agent = context.choose(
        "'check_http/v2.3.3 (monitoring-plugins)'", "'Prometheus/2.45.0'", "'kube-probe/1.29'", user_agent(context)
    )
    url = context.choose(
        f"http://{address}/api/health",
        f"https://{address}/",
        f"http://{context.server('shop').address}:8080/",
        f"https://{address}/api/metrics",
    )
    check = f"curl -sk -m 4 -A {agent} -o got.html {url}"
    return repeat(context, check, (4, max(5, min(40, int(110 / period)))), period, context.choose(0.0, 0.0, 0.05))


@activity("ping", weight=2, roles=EVERYBODY, packages=("iputils-ping",))
def ping(context):
    target = context.choose(
        address_of_own(context), context.host.gateway or context.network.internet.address, context.network.site()[1]
    )
    return (
        f"ping -q -c {context.between(1, 8)} -i {context.choose('0.2', '0.5', '1')}"
        f" -s {context.choose(56, 56, 32, 24, 120, 1200)} {target}"
    )


@activity("ping_monitor", weight=0.9, roles=EVERYBODY, packages=("iputils-ping",), seconds=130)
def ping_monitor(context):
    target = context.choose(address_of_own(context), context.network.site()[1])
    wait = context.choose(0.5, 1, 1, 2, 5)
    return (
        f"ping -q -c {context.between(8, max(9, int(110 / wait)))} -i {wait} -s"
        f" {context.choose(56, 32, 24, 16)} {target}"
    )


@activity("route_trace", weight=0.5, roles=STAFF, packages=("iputils-tracepath",))
def route_trace(context):
    return f"timeout 20 tracepath -n -m {context.between(3, 6)} {context.network.site()[1]}; true"


@activity("snmp_query", weight=1.5, roles=EVERYBODY, needs=("snmp",), packages=("snmp",), hard_negative="snmp_brute")
def snmp_query(context):
    community, address = context.conventions.community, context.server("snmp").address
    tree = context.choose("1.3.6.1.2.1.1", "1.3.6.1.2.1.2.2", "1.3.6.1.2.1.25.1", "1.3.6.1.2.1.4", "1.3.6.1.2.1.6")
    program = context.choose("snmpwalk", "snmpbulkwalk", "snmpgetnext")
    return f"{program} -r 1 -t 2 -v2c -c {community} {address} {tree} > got.txt"


@activity(
    "snmp_poll",
    weight=0.7,
    roles=STAFF,
    needs=("snmp",),
    packages=("snmp",),
    seconds=120,
    hard_negative="c2_beacon_tcp",
)
def snmp_poll(context):
    period = context.between(1.5, 10.0)
    asked = (
        f"snmpget -r 0 -t 2 -v2c -c {context.conventions.community} {context.server('snmp').address}"
        f" 1.3.6.1.2.1.1.3.0 1.3.6.1.2.1.1.5.0 {context.choose('', '1.3.6.1.2.1.6.9.0', '1.3.6.1.2.1.7.1.0')}"
    )
    return repeat(context, asked, (4, max(5, int(100 / period))), period)


@activity("time_query", weight=2.2, roles=EVERYBODY, needs=("time",), packages=("ntpsec-ntpdate",))
def time_query(context):
    server = context.server("time").address if context.chance(0.7) else context.network.internet.address
    return f"ntpdate -q -t 2 -p {context.choose(1, 1, 2, 4, 8)} {server}"


@activity("log_lines", weight=3, roles=EVERYBODY, needs=("syslog",), packages=("bsdutils",))
def log_lines(context):
    server, way = context.server("syslog").address, context.choose("--udp", "--udp", "--tcp")
    return "; ".join(
        f"logger --server {server} --port 514 {way} {context.choose('', '--rfc3164')} --tag {word(context)}"
        f" '{' '.join(word(context) for _ in range(context.typical(8, 0.9, 120)))}'; {pause(context, 0.4, 4)}"
        for _ in range(context.between(1, 7))
    )


@activity("address_renewal", weight=0.8, needs=("dhcp",), packages=("udhcpc",))
def address_renewal(context):
    """A lease asked for; the address is not taken. In segments without a server nobody answers, as in life."""
    tries = f"-t {context.between(1, 3)} -T {context.between(1, 2)}"
    named = context.choose("", f"-x hostname:{context.host.name}", f"-F {context.host.name}.{context.network.domain}")
    return f"timeout 8 udhcpc -i {context.host.device} -s /bin/true -n -q -f {tries} {named}; true"


@activity("throughput", weight=0.35, needs=("throughput",), packages=("iperf3",), hard_negative="dos_udp_flood")
def throughput(context):
    """A measurement of the network by TCP or UDP, one way or the other."""
    server = context.server("throughput").address if context.chance(0.6) else context.network.internet.address
    if context.chance(0.4):
        return (
            f"timeout 20 iperf3 -u -c {server} -b {context.between(48, 900)}k -l {context.between(120, 1200)}"
            f" -t {context.between(2, 6)} {context.choose('', '-R')}"
        )
    return (
        f"timeout 20 iperf3 -c {server} -b {context.between(500, 7000)}k -t {context.between(1, 4)}"
        f" {context.choose('', '-R', '-P 2', '-P 3')}"
    )


@activity("port_check", weight=1.4, roles=STAFF, packages=("netcat-openbsd",), seconds=60, hard_negative="scan_connect")
def port_check(context):
    """A monitoring system that looks whether ports are open; some are not."""
    hosts = [host.address for host in context.network.hosts.values()]
    checks = [
        f"nc.openbsd -z -w {context.choose(1, 2)} {context.choose(*hosts)} {context.choose(*COMMON_PORTS)}"
        for _ in range(context.between(3, 16))
    ]
    wait = context.choose("true", f"sleep {context.between(0.05, 2.0)}")
    return "; ".join(f"{check}; {wait}" for check in checks)


@activity("inventory_scan", weight=0.5, roles=STAFF, packages=("nmap",), seconds=60, hard_negative="scan_connect")
def inventory_scan(context):
    """An administrator's scanner: a few ports of a few servers, by connections, sometimes with versions."""
    servers = [host.address for host in context.network.with_role("server")]
    ports = ",".join(map(str, sorted(context.random.sample(COMMON_PORTS, context.between(2, 9)))))
    return (
        "timeout 50 nmap -n -Pn -sT --max-retries 1"
        f" -T{context.between(3, 4)} {context.choose('', '', '-sV --version-light')} -p"
        f" {ports} {' '.join(context.random.sample(servers, min(len(servers), context.between(1, 4))))}"
    )


@activity(
    "certificate_check",
    weight=0.7,
    roles=STAFF,
    needs=("web",),
    packages=("openssl", "sslscan"),
    seconds=50,
    hard_negative="tls_probe",
)
def certificate_check(context):
    """Whether certificates expire and which ciphers a server takes."""
    address = own_site(context)[0]
    if context.chance(0.25):
        return (
            f"timeout 40 sslscan --no-colour {context.choose('--no-heartbleed', '--no-ciphersuites', '')} {address}:443"
            " > got.txt"
        )
    versions = context.random.sample(("-tls1_2", "-tls1_3", "", "-no_ticket"), context.between(1, 3))
    return "; ".join(
        f"timeout 6 openssl s_client {version} -connect {address}:443 < /dev/null 2>&1 | openssl x509 -noout -enddate"
        for version in versions
    )


@activity(
    "link_check", weight=0.6, roles=STAFF, needs=("web",), packages=("curl",), seconds=60, hard_negative="web_dirbust"
)
def link_check(context):
    """A tool of the web's editors that tries every link; some lead nowhere."""
    address, site = own_site(context)
    gone = [f"/{word(context)}/{word(context)}.html" for _ in range(context.between(1, 8))]
    paths = context.random.sample(site.pages + site.assets, context.between(8, 60)) + gone
    context.random.shuffle(paths)
    targets = " ".join(f"-o /dev/null http://{address}{path}" for path in paths)
    rate = f"--rate {context.between(5, 30)}/s" if context.chance(0.5) else ""
    return (
        f"timeout 50 curl -s {context.choose('-I', '')} {rate} -A"
        f" 'LinkChecker/{context.between(9, 10)}.{context.between(0, 4)}' {targets}"
    )


@activity(
    "load_test",
    weight=0.25,
    roles=STAFF,
    needs=("web",),
    packages=("apache2-utils", "nghttp2-client"),
    hard_negative="dos_http_flood",
)
def load_test(context):
    """How many requests a server can answer, tried with few connections."""
    address, site = own_site(context)
    count, users = context.between(30, 350), context.between(1, 8)
    if context.chance(0.5):
        return (
            f"timeout 40 ab -q -n {count} -c"
            f" {users} {context.choose('', '-k')} http://{address}{context.choose(*site.pages)}"
        )
    return (
        f"timeout 40 h2load -n {count} -c {users} -m"
        f" {context.between(1, 8)} https://{address}{context.choose(*site.pages)}"
    )


@activity(
    "scheduled_job",
    weight=0.9,
    roles=EVERYBODY,
    needs=("web", "shop"),
    packages=("curl",),
    seconds=120,
    hard_negative="c2_beacon_https",
)
def scheduled_job(context):
    """A job that posts a small report at a fixed interval, of nearly the same size each time."""
    address, period, size = own_site(context)[0], context.between(3.0, 20.0), context.between(40, 3000)
    job = (
        f"head -c {size} /dev/zero | tr '\\\\0' x | curl -sk -m 6 --data-binary @- -o got.txt"
        f" https://{address}/api/jobs"
    )
    return repeat(context, job, (3, max(4, int(100 / period))), period, context.choose(0.0, 0.03, 0.1))
