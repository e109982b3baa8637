"""What the servers and the clients of one network agree on without asking: paths, names of databases, passwords of
applications, what a website holds. All of it follows from the network's domain, so that two profiles differ in it and
nobody has to configure it twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

PROGRAMS = Path(__file__).resolve().parent / "programs"
# Where attack runs say which port serves their zone.
ZONES = Path("/run/testbed-zones")

SECTIONS = (
    "about",
    "archive",
    "blog",
    "docs",
    "forum",
    "help",
    "news",
    "press",
    "products",
    "research",
    "services",
    "support",
    "team",
    "wiki",
)
WORDS = (
    "access account annual board branch budget catalogue client contract customer delivery design draft energy "
    "export finance guide harbour history index invoice label ledger library market material meeting memo model "
    "notice office order parcel partner payment plan policy price project quality quarter receipt region report "
    "review roster sample schedule season secure service signal station status stock storage summary supply "
    "survey system table target terms transfer travel update vendor volume warehouse weekly window"
).split()
ASSET_KINDS = (("images", "png"), ("images", "jpg"), ("js", "js"), ("css", "css"), ("fonts", "woff2"))


@dataclass(frozen=True)
class Conventions:
    """`shop` is the path of the shop application and `item` its query parameter; `zones` are DNS zones that the
    outside host is the authoritative server of."""

    shop: str
    item: str
    community: str
    directory_base: str
    directory_password: str
    database: str
    database_user: str
    database_password: str
    redis_password: str
    topics: str
    elliptic_keys: bool
    zones: tuple[str, ...]


@cache
def conventions(domain: str) -> Conventions:
    chance = Random(domain)
    word = lambda: chance.choice(WORDS)
    return Conventions(
        shop=chance.choice(("/shop", "/store", "/catalog", "/parts", "/orders")),
        item=chance.choice(("id", "item_no", "pid", "article", "sku")),
        community=chance.choice(("public", "monit0r", "netops", "readonly")),
        directory_base=",".join(f"dc={label}" for label in domain.split(".")),
        directory_password=word() + str(chance.randrange(1000)),
        database=chance.choice(("sales", "stock", "crm", "billing")),
        database_user=chance.choice(("app", "web", "backend", "service")),
        database_password=word() + "-" + word(),
        redis_password=f"{word()}{chance.getrandbits(32):x}",
        topics=chance.choice(("sensors", "site", "building", "line")),
        elliptic_keys=chance.random() < 0.5,
        zones=tuple(f"{chance.choice(('t', 'ns', 'x', 'u'))}{n}.{word()}-{word()}.test" for n in range(1, 5)),
    )


@dataclass(frozen=True)
class Website:
    """Paths of a website, all of them absolute; `files` gives the size in bytes of what is not a page."""

    key: str
    pages: tuple[str, ...]
    assets: tuple[str, ...]
    downloads: tuple[str, ...]
    segments: tuple[str, ...]
    files: dict[str, int]

    def publish(self, root: Path):
        """Writes pages with links and assets, downloads and the segments of a video below `root`."""
        chance = Random(f"content of {self.key}")
        for path, size in self.files.items():
            _write(root, path, chance.randbytes(size) if not path.endswith((".css", ".js")) else _code(chance, size))
        for path in self.pages:
            _write(root, path, _page(chance, self).encode())
        _write(root, "/index.html", _page(chance, self).encode())
        _write(root, "/private/index.html", b"<html><body>Members only.</body></html>\n")


@cache
def website(key: str) -> Website:
    """The website of this name: the same for the server that publishes it and the clients that read it."""
    chance = Random(f"website {key}")
    sections = chance.sample(SECTIONS, 6)
    pages = {f"/{chance.choice(sections)}/{chance.choice(WORDS)}-{chance.choice(WORDS)}.html" for _ in range(60)}
    files: dict[str, int] = {}

    def group(count: int, name, typical: int, spread: float, largest: int) -> tuple[str, ...]:
        paths = [name(number) for number in range(count)]
        for path in paths:
            files[path] = int(min(largest, max(300, typical * chance.lognormvariate(0, spread))))
        return tuple(paths)

    def asset(number: int) -> str:
        folder, ending = chance.choice(ASSET_KINDS)
        return f"/{folder}/{chance.choice(WORDS)}{number}.{ending}"

    def download(number: int) -> str:
        return f"/downloads/{chance.choice(WORDS)}-{number}.{chance.choice(('zip', 'pdf', 'iso', 'deb', 'tar.gz'))}"

    return Website(
        key,
        tuple(sorted(pages)),
        group(70, asset, 9_000, 1.3, 400_000),
        group(12, download, 700_000, 1.0, 6_000_000),
        group(14, lambda number: f"/video/{number:03d}.ts", 130_000, 0.4, 400_000),
        files,
    )


def _page(chance: Random, site: Website) -> str:
    words = " ".join(chance.choices(WORDS, k=int(min(4000, chance.lognormvariate(5.5, 1.0)))))
    tags = {"css": '<link rel="stylesheet" href="{0}">', "js": '<script src="{0}"></script>'}
    assets = "".join(
        tags.get(path.rsplit(".", 1)[1], '<img src="{0}">').format(path)
        for path in chance.sample(site.assets, chance.randint(1, 12))
    )
    links = "".join(f'<a href="{path}">{path}</a> ' for path in chance.sample(site.pages, chance.randint(1, 6)))
    return (
        f"<html><head><title>{chance.choice(WORDS)}</title></head><body><p>{words}</p>{assets}{links}</body></html>\n"
    )


def _code(chance: Random, size: int) -> bytes:
    """Text that compresses as style sheets and scripts do."""
    line = "".join(f".{word} {{ margin: {chance.randrange(90)}px }}\n" for word in chance.sample(WORDS, 30))
    return (line * (size // len(line) + 1))[:size].encode()


def _write(root: Path, path: str, content: bytes):
    target = root / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
