"""The directory of people."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.conventions import WORDS


@service("slapd", offers=("directory",), packages=("slapd", "ldap-utils"))
def slapd(context):
    base, folder = context.conventions.directory_base, context.folder
    configuration = context.write(
        "slapd.conf",
        f"""\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile {folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
sizelimit unlimited
database mdb
suffix {base}
rootdn cn=admin,{base}
rootpw {context.conventions.directory_password}
directory {folder}/data
""",
    )
    top = base.split(",")[0].removeprefix("dc=")
    entries = [f"dn: {base}\nobjectClass: dcObject\nobjectClass: organization\no: {top}\ndc: {top}\n"]
    people = [(user.name, user.password) for user in context.network.users]
    people += [(f"person{number}", f"{context.choose(*WORDS)}{number}") for number in range(200)]
    for name, password in people:
        entries.append(
            f"dn: cn={name},{base}\nobjectClass: inetOrgPerson\ncn: {name}\nsn: {name.title()}\n"
            f"mail: {name}@{context.network.domain}\ntelephoneNumber: {context.between(1000, 9999)}\n"
            f"departmentNumber: {context.choose(*WORDS)}\nuserPassword: {password}\n"
        )
    content = context.write("people.ldif", "\n".join(entries))
    return Daemon(
        f"slapd -d 0 -f {configuration} -h ldap://0.0.0.0:389/",
        f"ldapsearch -x -H ldap://{{address}} -b {base} -LLL cn=person5 sn | grep -q Person5",
        setup=(f"mkdir -p {folder}/data", f"slapadd -q -f {configuration} -l {content}"),
    )
