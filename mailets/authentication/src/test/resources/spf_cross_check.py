"""Checks SPF policies with pyspf, for comparison.

  spf_cross_check.py probe       exit code 0 where pyspf is installed
  spf_cross_check.py check DIR   prints a result for each line "CLIENT SENDER HELO" of DIR/cases.txt; the
                                 names of DIR/zone.txt, "TYPE NAME VALUE" each, are all there are
"""
import os
import socket
import sys

import spf


def zone(folder):
    records = {}
    with open(os.path.join(folder, "zone.txt"), encoding="ascii") as lines:
        for line in lines:
            kind, name, value = line.rstrip("\n").split(" ", 2)
            records.setdefault((kind, name), []).append(value)
    return records


def main(folder):
    records = zone(folder)

    def lookup(name, qtype, *_, **__):
        bare = name.rstrip(".").lower()
        for value in records.get((qtype, bare), []):
            if qtype == "TXT":
                value = (value.encode(),)
            elif qtype == "MX":
                value = (10, value)
            elif qtype == "AAAA":
                value = socket.inet_pton(socket.AF_INET6, value)
            yield (name, qtype), value

    spf.DNSLookup = lambda *args, **named: list(lookup(*args, **named))
    with open(os.path.join(folder, "cases.txt"), encoding="ascii") as cases:
        for case in cases:
            client, sender, helo = case.split()
            print(spf.query(i=client, s=sender, h=helo).check()[0])


if sys.argv[1] == "check":
    main(sys.argv[2])
