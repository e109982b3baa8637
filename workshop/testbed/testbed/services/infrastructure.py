"""What every network has: names, time, addresses, management and logs."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.context import Context
from testbed.services.common import certificate, corporate_names

DNS_PROBE = "dig +tries=1 +time=3 +short @{{address}} {name} | grep -q ."


def names_probe(context: Context) -> str:
    return DNS_PROBE.format(name=next(iter(corporate_names(context))))


@service("dnsmasq", offers=("dns",), packages=("dnsmasq-base", "bind9-dnsutils"))
def dnsmasq(context):
    """Knows the own names, asks the internet's resolver for others and the outside host for its zones."""
    network = context.network
    # Only so does it keep its group, by which its connections are known.
    lines = [
        "no-daemon",
        "port=53",
        "no-hosts",
        "no-resolv",
        "dns-forward-max=400",
        f"cache-size={context.between(150, 2000)}",
        f"local=/{network.domain}/",
        f"server={network.internet_resolver}",
    ]
    lines += [f"server=/{zone}/{network.outside.address}" for zone in context.conventions.zones]
    lines += [f"host-record={name},{address}" for name, address in corporate_names(context).items()]
    lines += [f"mx-host={network.domain},mail.{network.domain},10"]
    configuration = context.write("dnsmasq.conf", "\n".join(lines) + "\n")
    return Daemon(f"dnsmasq -C {configuration}", names_probe(context))


@service("unbound", offers=("dns", "dns-tls"), packages=("unbound", "bind9-dnsutils", "openssl"))
def unbound(context):
    """As dnsmasq, and by TLS on port 853 and HTTPS on port 8053 too."""
    network, tls = context.network, certificate(context)
    own = "\n".join(f'  local-data: "{name}. A {address}"' for name, address in corporate_names(context).items())
    zones = "\n".join(
        f'stub-zone:\n  name: "{zone}"\n  stub-addr: {network.outside.address}' for zone in context.conventions.zones
    )
    configuration = context.write(
        "unbound.conf",
        f"""\
server:
  interface: 0.0.0.0@53
  interface: 0.0.0.0@853
  interface: 0.0.0.0@8053
  tls-port: 853
  https-port: 8053
  tls-service-pem: {tls.certificate}
  tls-service-key: {tls.key}
  username: ""
  chroot: ""
  directory: {context.folder}
  pidfile: {context.folder}/unbound.pid
  access-control: 0.0.0.0/0 allow
  do-ip6: no
  qname-minimisation: no
  harden-below-nxdomain: no
  use-syslog: no
  module-config: "iterator"
  do-not-query-localhost: no
  local-zone: "test." nodefault
  local-zone: "{network.domain}." static
{own}
{zones}
forward-zone:
  name: "."
  forward-addr: {network.internet_resolver}
remote-control:
  control-enable: no
""",
    )
    return Daemon(f"unbound -d -c {configuration}", names_probe(context), setup=tls.commands)


@service("dhcp", offers=("dhcp",), packages=("dnsmasq-base", "udhcpc"))
def dhcp(context):
    """Leases addresses of the upper end of the server's own segment."""
    segment = context.network.segments[context.host.segment].network
    configuration = context.write(
        "dhcp.conf",
        f"""\
no-daemon
port=0
dhcp-leasefile={context.folder}/leases
dhcp-range={segment[-75]},{segment[-6]},{context.between(2, 10)}m
dhcp-option=option:router,{context.host.gateway}
dhcp-option=option:dns-server,{context.network.resolver}
""",
    )
    return Daemon(f"dnsmasq -C {configuration}", "timeout 8 udhcpc -i eth0 -s /bin/true -n -q -f -t 3")


@service("udhcpd", offers=("dhcp",), packages=("udhcpd", "udhcpc"))
def udhcpd(context):
    segment = context.network.segments[context.host.segment].network
    context.write("leases", "")
    configuration = context.write(
        "udhcpd.conf",
        f"""\
start {segment[-75]}
end {segment[-6]}
interface {context.host.device}
lease_file {context.folder}/leases
pidfile {context.folder}/udhcpd.pid
option router {context.host.gateway}
option subnet {segment.netmask}
option dns {context.network.resolver}
option lease {context.between(120, 900)}
""",
    )
    return Daemon(f"udhcpd -f {configuration}", "timeout 8 udhcpc -i eth0 -s /bin/true -n -q -f -t 3")


@service("chrony", offers=("time",), packages=("chrony", "ntpsec-ntpdate"))
def chrony(context):
    configuration = context.write(
        "chrony.conf",
        f"""\
local stratum {context.between(3, 9)}
allow all
cmdport 0
bindcmdaddress /
driftfile {context.folder}/drift
pidfile {context.folder}/chrony.pid
""",
    )
    return Daemon(f"chronyd -d -x -u root -f {configuration}", "ntpdate -q -t 2 -p 1 {address}")


@service("snmpd", offers=("snmp",), packages=("snmpd", "snmp"))
def snmpd(context):
    community = context.conventions.community
    configuration = context.write(
        "snmpd.conf",
        f"""\
rocommunity {community}
agentaddress udp:161
sysLocation {context.choose("basement", "rack 4", "hall 2", "second floor")}
sysContact admin@{context.network.domain}
""",
    )
    return Daemon(
        f"snmpd -f -Lf {context.folder}/snmpd.log -C -c {configuration} -p {context.folder}/snmpd.pid",
        f"snmpget -v2c -c {community} {{address}} 1.3.6.1.2.1.1.6.0 | grep -q STRING",
    )


@service("rsyslog", offers=("syslog",), packages=("rsyslog", "bsdutils"))
def rsyslog(context):
    """Takes logs by UDP and TCP on port 514."""
    configuration = context.write(
        "rsyslog.conf",
        f"""\
global(workDirectory="{context.folder}")
module(load="imudp")
module(load="imtcp")
input(type="imudp" port="514")
input(type="imtcp" port="514")
*.* action(type="omfile" file="{context.folder}/messages")
""",
    )
    return Daemon(
        f"rsyslogd -n -f {configuration} -i {context.folder}/rsyslog.pid",
        "logger --server {address} --port 514 --tcp --tag probe started",
    )


@service("iperf3", offers=("throughput",), packages=("iperf3",))
def iperf3(context):
    return Daemon("iperf3 --server", "iperf3 -c {address} -t 1 -b 1M --connect-timeout 3000")


@service("echo", offers=("echo",), packages=("socat",))
def echo(context):
    """An application of the house that answers with what it is sent, on port 7777."""
    return Daemon(
        "socat TCP4-LISTEN:7777,fork,reuseaddr EXEC:cat",
        "echo probe | nc.openbsd -q 1 -w 3 {address} 7777 | grep -q probe",
    )
