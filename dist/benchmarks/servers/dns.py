"""A DNS server on loopback that knows some records; for all else there is nothing."""

import socket
import struct
import threading

A, SOA, PTR, MX, TXT = 1, 6, 12, 15, 16


def _name(text):
    return b"".join(bytes([len(p)]) + p.encode() for p in text.split(".")) + b"\0"


def _question(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
        at += 1 + query[at]
    return ".".join(labels), struct.unpack("!H", query[at + 1 : at + 3])[0], query[12 : at + 5]


class Dns:
    """records: (name, type) -> value; a dotted address, a text, or the name of a host."""

    def __init__(self, records):
        self.records = records
        self.names = {name for name, _ in records}

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _serve(self):
        while True:
            try:
                query, peer = self.socket.recvfrom(4096)
            except OSError:
                return  # closed
            self.socket.sendto(self._answer(query), peer)

    def _answer(self, query):
        name, kind, question = _question(query)
        value = self.records.get((name, kind))
        code = 0 if name in self.names else 3
        flags = 0x8580 | code  # an authoritative answer; recursion is there
        counts = (1, 1, 0, 0) if value else (1, 0, 1, 0)
        head = query[:2] + struct.pack("!HHHHH", flags, *counts)
        if value and kind == A:
            data = socket.inet_aton(value)
        elif value and kind == TXT:
            parts = [value[at : at + 255].encode() for at in range(0, len(value), 255)]
            data = b"".join(bytes([len(part)]) + part for part in parts)
        elif value and kind == PTR:
            data = _name(value)
        elif value:
            data = struct.pack("!H", 10) + _name(value)
        else:
            kind = SOA
            data = _name("ns.test") + _name("root.test") + struct.pack("!5I", 1, 60, 60, 60, 60)
        record = b"\xc0\x0c" if value else _name("test")
        return head + question + record + struct.pack("!HHIH", kind, 1, 3600, len(data)) + data
