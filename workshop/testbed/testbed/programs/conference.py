"""A conference of one: sends every datagram of a media stream back to where it came from."""

import argparse
import socket


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5004)
    media = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    media.bind(("0.0.0.0", parser.parse_args().port))
    while True:
        content, sender = media.recvfrom(65536)
        try:
            media.sendto(content, sender)
        except OSError:
            pass  # The sender is gone: the next datagram may be of another.


if __name__ == "__main__":
    main()
