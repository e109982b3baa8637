"""File servers: FTP, SMB, rsync, git and TFTP."""

from __future__ import annotations

from shlex import quote

from testbed.catalogue import Daemon, service
from testbed.context import Context
from testbed.conventions import PROGRAMS, website
from testbed.services.common import accounts, certificate


def shared(context: Context, name: str = "share") -> str:
    """A folder with the files of the host's website, as things to share."""
    root = context.folder / name
    website(context.host.name).publish(root)
    return str(root)


def ftp_probe(context: Context) -> str:
    user = context.network.users[0]
    return f"curl -sf -m 6 -o /dev/null -u {user.name}:{quote(user.password)} ftp://{{address}}/"


@service("vsftpd", offers=("ftp",), packages=("vsftpd", "openssl"))
def vsftpd(context):
    """FTP for the users and for guests, with TLS for those who ask for it."""
    tls = certificate(context)
    first = context.between(30_000, 50_000)
    configuration = context.write(
        "vsftpd.conf",
        f"""\
listen=YES
background=NO
anonymous_enable=YES
no_anon_password=YES
anon_root={shared(context, "guests")}
local_enable=YES
write_enable=YES
seccomp_sandbox=NO
pasv_min_port={first}
pasv_max_port={first + 400}
max_per_ip=0
max_login_fails={context.between(3, 6)}
allow_writeable_chroot=YES
secure_chroot_dir={context.folder}/empty
ssl_enable=YES
allow_anon_ssl=NO
force_local_data_ssl=NO
force_local_logins_ssl=NO
require_ssl_reuse=NO
rsa_cert_file={tls.certificate}
rsa_private_key_file={tls.key}
""",
    )
    return Daemon(
        f"vsftpd {configuration}",
        ftp_probe(context),
        setup=(f"mkdir -p {context.folder}/empty", *tls.commands, *accounts(context)),
    )


@service("pyftpdlib", offers=("ftp",), packages=("python3-pyftpdlib",))
def pyftpdlib(context):
    members = context.write("members", "".join(f"{user.name}:{user.password}\n" for user in context.network.users))
    return Daemon(
        (
            f"/usr/bin/python3 {PROGRAMS}/ftpserver.py --members {members} --guests {shared(context)}"
            f" --passive {context.between(40_000, 60_000)}"
        ),
        ftp_probe(context),
        setup=accounts(context),
    )


@service("samba", offers=("files",), packages=("samba", "smbclient"))
def samba(context):
    """Share `pub` for guests and `docs` for the users."""
    folder = context.folder
    places = {name: f"{folder}/{name}" for name in ("lock", "state", "cache", "pid", "private", "ncalrpc")}
    share = shared(context)
    configuration = context.write(
        "smb.conf",
        f"""\
[global]
workgroup = {context.network.domain.split(".")[0].upper()}
netbios name = {context.host.name}
server role = standalone server
server min protocol = {context.choose("SMB2_02", "NT1", "SMB2_10")}
map to guest = Bad User
log file = {folder}/%m.log
lock directory = {places["lock"]}
state directory = {places["state"]}
cache directory = {places["cache"]}
pid directory = {places["pid"]}
private dir = {places["private"]}
ncalrpc dir = {places["ncalrpc"]}
load printers = no
printing = bsd
disable spoolss = yes
[pub]
path = {share}
guest ok = yes
read only = no
[docs]
path = {share}
valid users = {" ".join(user.name for user in context.network.users)}
read only = no
""",
    )
    members = [
        f"printf '%s\\n%s\\n' {quote(user.password)} {quote(user.password)}"
        f" | smbpasswd -c {configuration} -a -s {user.name}"
        for user in context.network.users
    ]
    return Daemon(
        f"smbd --foreground --no-process-group --configfile={configuration}",
        "smbclient -N //{address}/pub -c ls",
        setup=(f"mkdir -p {' '.join(places.values())}", f"chmod -R a+rwX {share}", *accounts(context), *members),
    )


@service("rsync", offers=("rsync",), packages=("rsync",))
def rsync(context):
    """Module `data` to read and module `backup` to write."""
    configuration = context.write(
        "rsyncd.conf",
        f"""\
pid file = {context.folder}/rsyncd.pid
use chroot = no
uid = root
gid = root
[data]
path = {shared(context, "data")}
read only = yes
[backup]
path = {context.folder}/backup
read only = no
""",
    )
    return Daemon(
        f"rsync --daemon --no-detach --config={configuration}",
        "rsync rsync://{address}/data/ | grep -q index",
        setup=(f"mkdir -p {context.folder}/backup",),
    )


@service("git", offers=("git",), packages=("git",))
def git(context):
    """A repository `project.git` with some history, to read."""
    sources, folder = shared(context, "work"), context.folder
    identity = f"-c user.name=developer -c user.email=developer@{context.network.domain}"
    commits = [
        f"cd {sources} && git add {name} && git {identity} commit -qm 'Add {name}'"
        for name in ("css", "js", "images", "index.html")
    ]
    return Daemon(
        f"git daemon --reuseaddr --export-all --base-path={folder} {folder}",
        "git ls-remote git://{address}/project.git",
        setup=(
            f"cd {sources} && mkdir -p css js images && touch css/a js/a images/a && git init -q",
            *commits,
            f"git clone -q --bare {sources} {folder}/project.git",
            f"rm -rf {sources}",
        ),
    )


@service("tftp", offers=("tftp",), packages=("tftpd-hpa", "curl"))
def tftp(context):
    """Configurations of telephones, as they fetch them when they start."""
    for number in range(6):
        size = context.typical(3_000, 0.9, 60_000)
        context.write(f"files/phone{number}.cfg", (f"line {number} = enabled\n" * size)[:size])
    return Daemon(
        f"in.tftpd -L -u root -s {context.folder}/files",
        "curl -sf -m 4 -o /dev/null tftp://{address}/phone1.cfg",
        setup=(f"chmod -R a+rX {context.folder}/files",),
    )
