"""Files: FTP, file shares, rsync, git, and configurations by TFTP."""

from __future__ import annotations

from testbed.activities.common import EVERYBODY, PEOPLE, login, pause, word
from testbed.catalogue import activity
from testbed.conventions import website


def some_file(context) -> str:
    return context.choose("report.pdf", "notes.txt", "table.xlsx", "archive.zip")


@activity("ftp_transfer", weight=1.5, roles=PEOPLE, needs=("ftp",), packages=("curl",))
def ftp_transfer(context):
    """A file fetched or brought, by a user or a guest; within TLS where the server has it."""
    name, password = login(context)
    server, tls = context.server("ftp"), context.choose("", "", "--ssl -k")
    start = f"curl -s -m 40 {tls} {context.choose('', '--disable-epsv')} -u {name}:{password}"
    kind = context.random.random()
    if kind < 0.4:
        return f"{start} -o got.bin ftp://{server.address}/{some_file(context)}"
    if kind < 0.75:
        size = context.typical(60_000, 1.4, 4_000_000)
        return (
            f"head -c {size} /dev/urandom | {start} -T -"
            f" ftp://{server.address}/{word(context)}{context.between(1, 40)}.bin"
        )
    path = context.choose(*website(server.name).downloads)
    return f"curl -s -m 40 -o got.bin ftp://{server.address}{path}"


@activity("ftp_session", weight=0.8, roles=PEOPLE, needs=("ftp",), packages=("lftp",), seconds=50)
def ftp_session(context):
    """Somebody looks around and takes what is needed."""
    name, password = login(context)
    steps = "; ".join(
        context.choose(
            "ls", "pwd", f"get -e -o got.bin {some_file(context)}", "cls -l", "nlist", f"sleep {context.between(1, 3)}"
        )
        for _ in range(context.between(3, 9))
    )
    return (
        f"timeout 45 lftp -u {name},{password} {context.server('ftp').address} -e"
        f" 'set net:max-retries 1; set net:timeout 8; set ssl:verify-certificate no; {steps}; bye'"
    )


@activity("smb_share", weight=4, roles=PEOPLE, needs=("files",), packages=("smbclient",))
def smb_share(context):
    """Folders listed, documents opened and saved on a file share."""
    server = context.server("files")
    site = website(server.name)
    name, password = login(context)
    share = f"-N //{server.address}/pub" if context.chance(0.3) else f"-U {name}%{password} //{server.address}/docs"
    steps = []
    for _ in range(context.between(1, 6)):
        saved = f"{word(context)}{context.between(1, 999)}.doc"
        taken = context.choose(*(site.assets + site.downloads)).lstrip("/")
        steps.append(
            context.choose(
                "ls",
                "cd images; ls; cd ..",
                f"get {taken} got.bin",
                f"get {taken} got.bin",
                f"put saved.bin {saved}; ls {saved}",
                f"put saved.bin {saved}; del {saved}",
                f"!sleep {context.between(0.3, 4.0)}",
            )
        )
    size = context.typical(40_000, 1.3, 3_000_000)
    protocol = context.choose("SMB3", "SMB3", "SMB2")
    return (
        f"head -c {size} /dev/urandom > saved.bin; timeout 40 smbclient -m {protocol} {share} -c '{'; '.join(steps)}'"
    )


@activity("rsync_pull", weight=0.8, roles=EVERYBODY, needs=("rsync",), packages=("rsync",), seconds=60)
def rsync_pull(context):
    """A folder of published files kept the same by rsync."""
    server = context.server("rsync")
    path = context.choose("images/", "css/", "js/", "video/", "index.html", "downloads/")
    return f"timeout 50 rsync -a --bwlimit={context.between(500, 5000)} rsync://{server.address}/data/{path} copy"


@activity(
    "rsync_backup",
    weight=0.9,
    roles=EVERYBODY,
    needs=("rsync",),
    packages=("rsync",),
    seconds=60,
    hard_negative="exfil_nc",
)
def rsync_backup(context):
    """Many small files or a large one, kept safe on the file server."""
    if context.chance(0.4):
        made = f"head -c {context.between(500_000, 5_000_000)} /dev/urandom > tree/image.bin"
    else:
        made = "; ".join(
            f"head -c {context.typical(12_000, 1.2, 600_000)} /dev/urandom > tree/{at}.dat"
            for at in range(context.between(3, 25))
        )
    rate = context.choose("", f"--bwlimit={context.between(400, 4000)}")
    return (
        f"mkdir tree; {made}; timeout 50 rsync -a {rate} tree/"
        f" rsync://{context.server('rsync').address}/backup/{context.host.name}-{word(context)}/"
    )


@activity("git_clone", weight=0.9, needs=("git",), packages=("git",), seconds=60)
def git_clone(context):
    """A repository cloned, whole or shallow, and asked for news."""
    url = f"git://{context.server('git').address}/project.git"
    depth = context.choose("", "", "--depth 1", "--depth 2")
    fetches = "; ".join(f"{pause(context, 2, 8)}; git -C copy fetch -q" for _ in range(context.between(0, 3)))
    return f"timeout 50 git clone -q {depth} {url} copy" + (f"; {fetches}" if fetches else "")


@activity(
    "git_poll",
    weight=0.5,
    roles=EVERYBODY,
    needs=("git",),
    packages=("git",),
    seconds=120,
    hard_negative="c2_beacon_tcp",
)
def git_poll(context):
    """A build server that looks for new commits."""
    url, period = f"git://{context.server('git').address}/project.git", context.between(2.0, 12.0)
    return "; ".join(
        f"git ls-remote {url}; sleep {period}" for _ in range(context.between(3, min(20, int(100 / period))))
    )


@activity("tftp_fetch", weight=0.8, needs=("tftp",), packages=("curl",))
def tftp_fetch(context):
    """A telephone that starts and fetches its configuration."""
    files = " ".join(
        f"-o got.cfg tftp://{context.server('tftp').address}/phone{context.between(0, 5)}.cfg"
        for _ in range(context.between(1, 3))
    )
    return f"curl -s -m 6 {context.choose('', '--tftp-blksize 1024', '--tftp-no-options')} {files}"
