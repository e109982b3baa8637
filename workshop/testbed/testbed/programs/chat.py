"""Chat rooms by WebSocket over TLS: a server that passes messages on to all in the room, and a person who talks."""

import argparse
import asyncio
import random
import ssl

import websockets

PORT = 8443
LARGEST_MESSAGE = 1 << 20


class Rooms:
    def __init__(self):
        self.members: dict[str, set] = {}

    async def serve(self, socket):
        room = self.members.setdefault(socket.path, set())
        room.add(socket)
        try:
            async for message in socket:
                websockets.broadcast(room, message)
        except websockets.ConnectionClosed:
            pass
        finally:
            room.discard(socket)


async def serve(options):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(options.certificate, options.key)
    async with websockets.serve(Rooms().serve, "0.0.0.0", PORT, ssl=tls, max_size=LARGEST_MESSAGE, ping_interval=15):
        await asyncio.Future()


async def talk(options):
    """Sends messages of drawn lengths with pauses as people make them, and reads what the others say."""
    chance = random.Random(options.seed)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    async with websockets.connect(f"wss://{options.server}:{PORT}/{options.room}", ssl=tls) as socket:
        reading = asyncio.create_task(listen(socket))
        for _ in range(options.messages):
            length = max(2, int(min(2_000, chance.lognormvariate(3.5, 1.0))))
            await socket.send("%x" % chance.getrandbits(4 * length))
            await asyncio.sleep(min(30, chance.expovariate(1 / options.pause)))
        reading.cancel()


async def listen(socket):
    async for _ in socket:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=("serve", "talk"))
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--server")
    parser.add_argument("--room", default="all")
    parser.add_argument("--messages", type=int, default=10)
    parser.add_argument("--pause", type=float, default=2.0, help="mean seconds between messages")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(serve(options) if options.role == "serve" else talk(options))


if __name__ == "__main__":
    main()
