"""An FTP server of the users' homes and of a folder for guests."""

import argparse

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import ThreadedFTPServer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", required=True, help="file of name:password lines")
    parser.add_argument("--guests", required=True, help="folder for guests")
    parser.add_argument("--passive", type=int, default=50000, help="first port of data connections")
    options = parser.parse_args()
    authorizer = DummyAuthorizer()
    with open(options.members) as lines:
        for name, password in (line.rstrip("\n").split(":", 1) for line in lines):
            authorizer.add_user(name, password, f"/home/{name}", perm="elradfmw")
    authorizer.add_anonymous(options.guests)
    FTPHandler.authorizer = authorizer
    FTPHandler.passive_ports = range(options.passive, options.passive + 300)
    FTPHandler.banner = "Ready."
    ThreadedFTPServer(("0.0.0.0", 21), FTPHandler).serve_forever()


if __name__ == "__main__":
    main()
