"""memory: resident after start, and what an idle SMTP connection adds."""

import os
import resource
import time

from harness import load
from harness.result import Claim, Column, Result
from harness.rounds import memory as resident
from harness.rounds import running
from servers import james
from servers.james import James
from servers.postfix import Postfix
from servers.postrider import Postrider

WANTED = 10_000
SOURCES = 10
# Postfix has a process for each; James takes in about eleven a second.
FEWER = {Postfix: 100, James: 300}
COLUMNS = [
    Column("rss_mib", "RSS after start, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
    Column("connections", "idle connections", 0),
    Column("rss_kib_each", "RSS for each, KiB", 1),
    Column("pss_kib_each", "PSS for each, KiB", 1),
]
MORE = [
    (
        'connections="5000" connections-per-address="50"',
        'connections="20000" connections-per-address="20000"',
    ),
    ('command-timeout="5m"', 'command-timeout="30m"'),
]


def _raise_limit(result):
    """As many files as are allowed; how many connections that is enough for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(hard, 2 * WANTED), max(hard, 2 * WANTED)))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    connections = min(WANTED, soft - 1000)
    if connections < WANTED:
        result.note(f"ulimit -n is {soft}, so only {connections} connections were opened.")
    return connections


def memory(rounds, folder):
    claims = [
        Claim("rss_mib", "RSS after start", at_most=130, unit=" MiB"),
        Claim("rss_kib_each", "RSS for each idle connection", at_most=10, unit=" KiB"),
        Claim("rss_mib", "RSS after start", rival=James.name),
        Claim("rss_kib_each", "RSS for each idle connection", rival=James.name),
    ]
    title = "memory after start and for each idle SMTP connection, after EHLO"
    result = Result("memory", title, rounds, COLUMNS, claims)
    connections = _raise_limit(result)
    kinds = [lambda own: Postrider(own, conf=MORE), Postfix, James]
    for number in range(rounds):
        own = f"{folder}/{number}"
        os.makedirs(own)
        os.chmod(folder, 0o755)
        with running(result, own, kinds) as servers:
            for server in servers:
                result.add(server.name, _idle(server, FEWER.get(type(server), connections)))
    result.note(
        "Postfix has one process for each connection, and James takes in about eleven a second:"
        " their figures are those of 100 and 300 connections."
    )
    result.note(james.NOTE)
    return result


def _idle(server, count):
    time.sleep(2)  # what start leaves to be done in the background
    before = resident(server)
    with load.Generator() as generator:
        generator.start(
            protocol="idle", port=server.port, sessions=count, sources=SOURCES, hold=True
        )
        after = resident(server)
        generator.go()
        generator.result()
    run = before | {"connections": count}
    for kind in ("rss", "pss"):
        grown = after[f"{kind}_mib"] - before[f"{kind}_mib"]
        run[f"{kind}_kib_each"] = round(grown * 1024 / count, 2)
    print(f"{server.name}: {run}", flush=True)
    return run
