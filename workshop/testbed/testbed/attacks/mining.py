"""Mining of a crypto currency for somebody else."""

from testbed.attacks.material import INSIDE, listening, program, repeat
from testbed.catalogue import Assault, attack


@attack("cryptomine_stratum", technique="T1496", tool="stratum.py", origins=INSIDE, packages=("python3",), seconds=170)
def python_miner(c):
    return mining(
        c,
        lambda address, port, seconds: program(
            "stratum.py",
            "miner",
            "--pool",
            address,
            "--port",
            port,
            "--seconds",
            seconds,
            "--pause",
            c.between(2.0, 12.0),
            "--worker",
            f"{c.choose('rig', 'w', 'box')}{c.between(1, 99)}",
            "--seed",
            c.between(1, 10**6),
            c.choose("", "--login"),
        ),
    )


@attack("cryptomine_stratum", technique="T1496", tool="ncat", origins=INSIDE, packages=("ncat",), seconds=170)
def ncat_miner(c):
    greeting = (
        '{"id":1,"method":"mining.subscribe","params":["'
        + c.choose("cpuminer/2.5.1", "xmr-stak/2.10", "sgminer/5.6")
        + '"]}'
    )
    share = '{"id":%s,"method":"mining.submit","params":["w' + str(c.between(1, 99)) + '","%s","%s"]}\\n'
    submit = f"printf '{share}' $RANDOM $RANDOM $(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n')"
    return mining(
        c,
        lambda address, port, seconds: f"(echo '{greeting}'; "
        f"{repeat(c, seconds, submit, c.between(2.0, 12.0), 0.4)}) | ncat {address} {port} >/dev/null",
    )


def mining(c, work) -> Assault:
    """A miner and the pool that it works for."""
    port, outside = c.choose(3333, 4444, 5555, 7777, 14444, c.between(10000, 40000)), c.network.outside
    pool = program("stratum.py", "pool", "--port", port, "--pause", c.between(8.0, 40.0), "--seed", c.between(1, 10**6))
    return Assault(work(outside.address, port, c.between(80, 150)), **listening(f"exec {pool}", outside))
