"""A programmable controller that speaks Modbus/TCP: 100 holding and input registers that drift as readings of sensors
do, and 100 coils and inputs."""

import argparse
import random
import threading
import time

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer

SIZE = 101
INPUT_REGISTERS = 4


def drift(store: ModbusSlaveContext, chance: random.Random):
    """Moves every reading a little, twice a second."""
    while True:
        values = store.getValues(INPUT_REGISTERS, 0, SIZE - 1)
        store.setValues(INPUT_REGISTERS, 0, [min(4000, max(0, value + chance.randint(-9, 9))) for value in values])
        time.sleep(0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    chance = random.Random(parser.parse_args().seed)

    def block(most: int) -> ModbusSequentialDataBlock:
        return ModbusSequentialDataBlock(0, [chance.randint(0, most) for _ in range(SIZE)])

    store = ModbusSlaveContext(di=block(1), co=block(1), hr=block(4000), ir=block(4000))
    threading.Thread(target=drift, args=(store, chance), daemon=True).start()
    StartTcpServer(context=ModbusServerContext(slaves=store, single=True), address=("0.0.0.0", 502))


if __name__ == "__main__":
    main()
