"""``--pcap``: the bytes of every connection as a capture file that Wireshark and tcpdump read.

The program sees what crosses its sockets, not packets. So each piece becomes one TCP segment between
the true addresses, with sequence numbers that add up, after a made-up three-way handshake. The format
is libpcap's, link type raw IP. With ``--keylog`` beside it Wireshark shows the plain text.
"""

import struct
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from typing import BinaryIO

Endpoint = tuple[str, int]

_RAW_IP = 101
_SEGMENT = 16_384  # bytes of data in one segment; IP allows 65 535 with headers
_SYN, _ACK, _PSH = 0x02, 0x10, 0x08
_TCP = 6
_WINDOW = 65_535
_MODULO = 1 << 32


@dataclass(slots=True)
class _Flow:
    """Next sequence number of each side."""

    ours: int = 0
    theirs: int = 0


class Capture:
    """A capture that is being written to ``stream``; called for each piece of bytes that crosses a socket."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._flows: dict[tuple[Endpoint, Endpoint], _Flow] = {}
        stream.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 0x40000, _RAW_IP))

    def __call__(self, local: Endpoint, remote: Endpoint, *, sent: bool, data: bytes) -> None:
        """Record ``data``, which went from ``local`` to ``remote`` when ``sent``, else the other way."""
        flow = self._flows.get((local, remote))
        if flow is None:
            flow = self._flows[local, remote] = self._open(local, remote)
        for start in range(0, len(data), _SEGMENT):
            piece = data[start : start + _SEGMENT]
            if sent:
                self._write(local, remote, flow.ours, flow.theirs, _PSH | _ACK, piece)
                flow.ours = (flow.ours + len(piece)) % _MODULO
            else:
                self._write(remote, local, flow.theirs, flow.ours, _PSH | _ACK, piece)
                flow.theirs = (flow.theirs + len(piece)) % _MODULO

    def _open(self, local: Endpoint, remote: Endpoint) -> _Flow:
        self._write(local, remote, 0, 0, _SYN)
        self._write(remote, local, 0, 1, _SYN | _ACK)
        self._write(local, remote, 1, 1, _ACK)
        return _Flow(1, 1)

    def _write(
        self, source: Endpoint, target: Endpoint, number: int, expected: int, flags: int, data: bytes = b""
    ) -> None:
        tcp = struct.pack("!HHIIBBHHH", source[1], target[1], number, expected, 5 << 4, flags, _WINDOW, 0, 0) + data
        packet = _ip_header(source[0], target[0], len(tcp)) + tcp
        seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        self._stream.write(struct.pack("<IIII", seconds, nanoseconds // 1000, len(packet), len(packet)))
        self._stream.write(packet)


def _ip_header(source: str, target: str, size: int) -> bytes:
    """IPv4 (RFC 791) or IPv6 (RFC 8200) before ``size`` bytes of TCP; checksums of TCP are left to be ignored."""
    sender, receiver = ip_address(source.partition("%")[0]), ip_address(target.partition("%")[0])
    if not isinstance(sender, IPv4Address):
        return struct.pack("!IHBB", 6 << 28, size, _TCP, 64) + sender.packed + receiver.packed
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + size, 0, 0x4000, 64, _TCP, 0) + sender.packed + receiver.packed
    total = sum(struct.unpack("!10H", head))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return head[:10] + struct.pack("!H", ~total & 0xFFFF) + head[12:]
