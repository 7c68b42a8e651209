import io
import struct
from ipaddress import ip_address

import pytest

from workbench.cli.capture import Capture

Packet = tuple[str, int, str, int, int, int, int, bytes]


def packets(data: bytes) -> list[Packet]:
    """Source, port, target, port, sequence, acknowledgement, flags and payload of each packet of a capture file."""
    magic, major, minor, _zone, _digits, _limit, link = struct.unpack_from("<IHHiIII", data)
    assert (magic, major, minor, link) == (0xA1B2C3D4, 2, 4, 101)
    found, place = [], 24
    while place < len(data):
        _seconds, _micros, size, original = struct.unpack_from("<IIII", data, place)
        assert size == original
        found.append(_packet(data[place + 16 : place + 16 + size]))
        place += 16 + size
    return found


def _packet(packet: bytes) -> Packet:
    if packet[0] >> 4 == 4:
        assert struct.unpack_from("!H", packet, 2) == (len(packet),)
        words = struct.unpack_from("!10H", packet)
        assert sum(words) % 0xFFFF == 0, "header checksum"
        source, target, tcp = packet[12:16], packet[16:20], packet[20:]
    else:
        assert struct.unpack_from("!H", packet, 4) == (len(packet) - 40,)
        source, target, tcp = packet[8:24], packet[24:40], packet[40:]
    from_port, to_port, sequence, acknowledged, _offset, flags = struct.unpack_from("!HHIIBB", tcp)
    return str(ip_address(source)), from_port, str(ip_address(target)), to_port, sequence, acknowledged, flags, tcp[20:]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "fe80::1%eth0"])
def test_a_conversation(host: str) -> None:
    stream = io.BytesIO()
    capture = Capture(stream)
    here, there = (host, 50_000), (host, 443)
    capture(here, there, sent=True, data=b"hello")
    capture(here, there, sent=False, data=b"answer")
    capture(here, there, sent=True, data=b"again")
    address = host.partition("%")[0]
    assert packets(stream.getvalue()) == [
        (address, 50_000, address, 443, 0, 0, 0x02, b""),
        (address, 443, address, 50_000, 0, 1, 0x12, b""),
        (address, 50_000, address, 443, 1, 1, 0x10, b""),
        (address, 50_000, address, 443, 1, 1, 0x18, b"hello"),
        (address, 443, address, 50_000, 1, 6, 0x18, b"answer"),
        (address, 50_000, address, 443, 6, 7, 0x18, b"again"),
    ]


def test_large_pieces_become_several_segments() -> None:
    stream = io.BytesIO()
    data = bytes(range(256)) * 600
    Capture(stream)(("127.0.0.1", 1), ("127.0.0.1", 2), sent=False, data=data)
    segments = packets(stream.getvalue())[3:]
    assert b"".join(segment[-1] for segment in segments) == data
    assert all(len(segment[-1]) < 65_000 for segment in segments)
    assert segments[1][4] == 1 + len(segments[0][-1])


def test_connections_are_told_apart() -> None:
    stream = io.BytesIO()
    capture = Capture(stream)
    for port in (1, 2, 1):
        capture(("127.0.0.1", port), ("127.0.0.1", 9), sent=True, data=b"x")
    syns = [packet for packet in packets(stream.getvalue()) if packet[6] == 0x02]
    assert [packet[1] for packet in syns] == [1, 2]
