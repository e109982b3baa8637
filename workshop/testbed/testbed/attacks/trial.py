"""An attack for trying the testbed."""

from testbed.catalogue import Assault, attack


@attack("scan_connect", technique="T1046", tool="nmap", origins=("outside", "client"), needs=("web",), packages=("nmap",))
def trial_connect(context):
    target = context.server("web").address
    return Assault(f"nmap -n -Pn -sT --top-ports {context.between(20, 60)} {target}")
