"""Messages, chat, telephony and the control of machines."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.conventions import PROGRAMS
from testbed.services.common import certificate


@service("mosquitto", offers=("messages",), packages=("mosquitto", "mosquitto-clients"))
def mosquitto(context):
    configuration = context.write(
        "mosquitto.conf",
        f"""\
listener 1883 0.0.0.0
allow_anonymous true
user root
max_queued_messages {context.between(100, 2000)}
""",
    )
    return Daemon(f"mosquitto -c {configuration}", "mosquitto_pub -h {address} -t probe -m started")


@service("ngircd", offers=("irc",), packages=("ngircd", "netcat-openbsd"))
def ngircd(context):
    configuration = context.write(
        "ngircd.conf",
        f"""\
[Global]
Name = irc.{context.network.domain}
Info = Chat of {context.network.domain}
PidFile = {context.folder}/ngircd.pid
ServerUID = root
ServerGID = root
[Limits]
MaxConnections = 300
MaxConnectionsIP = 0
PingTimeout = {context.between(20, 60)}
[Options]
PAM = no
Ident = no
DNS = no
""",
    )
    return Daemon(
        f"ngircd --nodaemon --config {configuration}",
        (
            "(printf 'NICK probe\\r\\nUSER probe 0 * :probe\\r\\n'; sleep 2; printf 'QUIT\\r\\n'; sleep 1)"
            " | nc.openbsd -w 6 {address} 6667 | grep -q 001"
        ),
    )


@service("chat", offers=("chat",), packages=("python3-websockets", "openssl"))
def chat(context):
    """Rooms by WebSocket over TLS, on port 8443."""
    tls = certificate(context)
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/chat.py serve --certificate {tls.certificate} --key {tls.key}",
        f"/usr/bin/python3 {PROGRAMS}/chat.py talk --server {{address}} --messages 1 --pause 0.1 --seed 1",
        setup=tls.commands,
    )


@service("sipp", offers=("voice",), packages=("sip-tester",))
def sipp(context):
    """Answers calls by SIP on port 5060 and sends back the voice that it hears."""
    return Daemon(
        (
            f"sipp -sn uas -i {context.host.address} -p 5060 -mp {context.between(8000, 30000) & ~1} -rtp_echo"
            " -nostdin -aa"
        ),
        "sipp -sn uac {address}:5060 -m 1 -d 200 -nostdin -timeout 6s -i $(hostname -I | cut -d' ' -f1)",
    )


@service("conference", offers=("media",), packages=("socat",))
def conference(context):
    """Sends back every stream of voice or video, on UDP port 5004."""
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/conference.py", "echo probe | socat -t 1 - UDP4:{address}:5004 | grep -q probe"
    )


@service(
    "modbus", offers=("modbus",), packages=("python3-pymodbus", "python3-serial", "python3-serial-asyncio", "mbpoll")
)
def modbus(context):
    """A controller with registers of sensors that drift and coils of valves, on port 502."""
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/controller.py --seed {context.between(1, 10**6)}",
        "mbpoll -m tcp -1 -q -t 4 -r 1 -c 4 {address}",
    )
