"""Flow rows (docs/flow-rows.md) without any code of the sensor."""
import collections
import ipaddress
import json
import struct

IDENTITY = struct.Struct('<qqqQQQQHHBBBBiiIIqq')
REASONS = ['checkpoint', 'idle', 'active', 'fin', 'rst', 'evicted', 'end-of-capture']
Row = collections.namedtuple('Row', 'start last source source_port destination destination_port protocol reason vlan packets bytes columns')


def address(ipv6, high, low):
    return str(ipaddress.IPv6Address(high << 64 | low) if ipv6 else ipaddress.IPv4Address(low))


def read(path):
    """Every row of the table; times in nanoseconds, columns by name without that of the view."""
    with open(path, 'rb') as table:
        names = [column.split('/', 1)[1] for column in json.loads(table.readline())['columns']]
        values = struct.Struct(f'<{len(names)}f')
        while record := table.read(IDENTITY.size + values.size):
            (_, start, last, high, low, far_high, far_low, port, far_port, protocol, ipv6, reason, _, _, vlan,
             packets, far_packets, size, far_size) = IDENTITY.unpack_from(record)
            yield Row(start, last, address(ipv6, high, low), port, address(ipv6, far_high, far_low), far_port,
                      protocol, REASONS[reason], vlan, (packets, far_packets), (size, far_size),
                      dict(zip(names, values.unpack_from(record, IDENTITY.size))))


def pair(protocol, source, source_port, destination, destination_port):
    """The same for both directions."""
    return (protocol, *sorted([(source, source_port), (destination, destination_port)]))
