"""One file for each benchmark, or for a few of the same kind; run NAME finds them here."""

import importlib

NAMES = {
    "deliver": "inbound",
    "deliver-tls": "inbound",
    "spool": "inbound",
    "spool-64k": "inbound",
    "latency": "latency",
    "pop3": "retrieval",
    "relay": "relay",
    "start": "start",
    "memory": "memory",
    "large": "large",
    "overload": "overload",
    "trust": "trust",
    "jmh": "jmh",
}


def row(name):
    """The function that runs a row: takes the number of rounds and a folder, returns a Result."""
    return getattr(importlib.import_module("rows." + NAMES[name]), name.replace("-", "_"))
