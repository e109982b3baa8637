"""Talk: chat, telephony, messages of machines, and the controllers of a plant."""

from __future__ import annotations

from testbed.activities.common import EVERYBODY, PEOPLE, pause, repeat, word
from testbed.catalogue import activity
from testbed.conventions import PROGRAMS

MQTT = ("mosquitto-clients",)


@activity(
    "messages_telemetry",
    weight=2,
    roles=EVERYBODY,
    needs=("messages",),
    packages=MQTT,
    seconds=90,
    hard_negative="c2_beacon_tcp",
)
def messages_telemetry(context):
    """Readings of a sensor: one message, or a connection with a message now and then."""
    topic = f"{context.conventions.topics}/{context.host.name}/{context.choose('temperature', 'power', 'flow', 'door')}"
    start = f"mosquitto_pub -h {context.server('messages').address} -t {topic} -q {context.between(0, 2)}"
    if context.chance(0.4):
        return f"{start} -m '{{\"value\": {context.between(1.0, 99.0)}}}'"
    period = context.between(0.3, 6.0)
    readings = repeat(
        context, f"echo '{{\"value\": {context.between(1.0, 99.0)}}}'", (3, max(4, int(60 / period))), period, 0.1
    )
    return f"({readings}) | timeout 80 {start} -l"


@activity("messages_listen", weight=1.2, needs=("messages",), packages=MQTT, seconds=100)
def messages_listen(context):
    return (
        f"mosquitto_sub -h {context.server('messages').address} -k {context.choose(5, 8, 15, 60)}"
        f" -t '{context.conventions.topics}/#' -q {context.between(0, 1)} -W {context.between(5, 90)}; true"
    )


@activity("irc_talk", weight=1, roles=PEOPLE, needs=("irc",), packages=("netcat-openbsd",), seconds=110)
def irc_talk(context):
    """Somebody joins a channel, talks, answers the server's pings and leaves."""
    nick = f"{context.user().name}{context.between(1, 9999)}"
    lines = [
        f"printf 'NICK {nick}\\r\\nUSER {nick} 0 * :{nick}\\r\\n'",
        "sleep 2",
        f"printf 'JOIN #{context.choose('help', 'lunch', 'build')}\\r\\n'",
    ]
    for _ in range(context.between(2, 12)):
        said = " ".join(word(context) for _ in range(context.between(1, 14)))
        lines += [pause(context, 3, 12), f"printf 'PRIVMSG #help :{said}\\r\\n'"]
    return (
        f"({'; '.join(lines)}; printf 'QUIT\\r\\n'; sleep 0.5) | timeout 100 nc.openbsd -q 2"
        f" {context.server('irc').address} 6667"
    )


@activity(
    "chat_talk",
    weight=1.2,
    roles=PEOPLE,
    needs=("chat",),
    packages=("python3-websockets",),
    seconds=110,
    hard_negative="c2_beacon_https",
)
def chat_talk(context):
    count, mean = context.between(2, 25), context.between(0.5, 6.0)
    return (
        f"timeout 100 /usr/bin/python3 {PROGRAMS}/chat.py talk --server {context.server('chat').address} --room"
        f" {word(context)} --messages {min(count, int(60 / mean))} --pause {mean} --seed {context.between(1, 10**6)}"
    )


@activity("voice_call", weight=1.6, needs=("voice", "media"), packages=("sip-tester", "ffmpeg"), seconds=50)
def voice_call(context):
    """Calls set up by SIP, and the voice of one of them as a stream of its own, both ways."""
    talk = context.between(2, 18)
    voice, sip = context.server("media").address, context.server("voice").address
    codec = context.choose("pcm_mulaw", "pcm_alaw", "g722")
    rate = 16000 if codec == "g722" else 8000
    return (
        "ffmpeg -nostdin -loglevel error -re -f lavfi -i"
        f" sine=frequency={context.between(180, 900)}:sample_rate={rate} -t {talk} -ac 1 -acodec {codec} -f rtp"
        f" rtp://{voice}:5004 > session.sdp & sipp -sn uac {sip}:5060 -i {context.host.address} -p"
        f" {context.between(20_000, 60_000)} -s {context.between(100, 999)} -m {context.between(1, 2)} -r 1 -d"
        f" {talk * 1000} -nostdin -timeout 40s > call.log; wait"
    )


@activity("voice_signal", weight=0.9, roles=EVERYBODY, needs=("voice",), packages=("sip-tester",))
def voice_signal(context):
    """Short calls that nobody talks in."""
    return (
        f"sipp -sn uac {context.server('voice').address}:5060 -i {context.host.address} -p"
        f" {context.between(20_000, 60_000)} -s {context.between(100, 999)} -m {context.between(1, 4)} -r"
        f" {context.between(1, 2)} -d {context.between(300, 5000)} -nostdin -timeout 25s > call.log"
    )


@activity(
    "application_heartbeat",
    weight=1,
    roles=EVERYBODY,
    needs=("echo",),
    packages=("netcat-openbsd",),
    seconds=120,
    hard_negative="c2_beacon_tcp",
)
def application_heartbeat(context):
    """An application of the house that says that it is alive: on one connection or on a new one each time."""
    address, period = context.server("echo").address, context.between(0.8, 9.0)
    times = (4, max(5, int(90 / period)))
    state = f"{context.random.getrandbits(context.between(16, 400)):x}"
    said = f"echo {context.host.name} {context.choose('alive', 'status ok', 'seq')} {state}"
    jitter = context.choose(0.0, 0.02, 0.2)
    if context.chance(0.5):
        return repeat(context, f"{said} | timeout 4 nc.openbsd -q 0 -w 2 {address} 7777", times, period, jitter)
    return f"({repeat(context, said, times, period, jitter)}) | timeout 115 nc.openbsd -q 1 {address} 7777"


@activity(
    "controller_poll",
    weight=2,
    roles=EVERYBODY,
    needs=("modbus",),
    packages=("mbpoll",),
    seconds=110,
    hard_negative="c2_beacon_tcp",
)
def controller_poll(context):
    """Readings of a controller, again and again on one connection."""
    table, first = context.choose(0, 1, 3, 4), context.between(1, 60)
    period, count = context.choose(200, 500, 1000, 2000), context.between(1, 30)
    return (
        f"timeout {context.between(4, 100)} mbpoll -m tcp -q -t {table} -r {first} -c {count} -l {period}"
        f" {context.server('modbus').address}; true"
    )


@activity("controller_write", weight=0.7, needs=("modbus",), packages=("mbpoll",))
def controller_write(context):
    """An operator who sets a value or opens a valve."""
    address = context.server("modbus").address
    if context.chance(0.5):
        values = " ".join(str(context.between(0, 4000)) for _ in range(context.between(1, 6)))
        return (
            f"mbpoll -m tcp -1 -q -t 4 -r {context.between(1, 80)} {address} {values}; mbpoll -m tcp -1 -q -t 4 -r 1 -c"
            f" 10 {address}"
        )
    return f"mbpoll -m tcp -1 -q -t 0 -r {context.between(1, 80)} {address} {context.choose('0', '1')}"
