"""start: from the exec of the launcher until every listener greets, with 100,000 messages stored."""

import json
import os
import pathlib
import pwd
import time

from harness import load
from harness.result import Claim, Column, Result
from harness.rounds import memory, running
from servers import james, process
from servers.dovecot import PostfixDovecot
from servers.james import James
from servers.postrider import Postrider

STORED = 100_000
ACCOUNTS = 10
COLUMNS = [
    Column("seconds", "start, s", 2),
    Column("said_ms", "`ready in`, ms", 0),
    Column("cpu_s", "CPU until then, s", 2),
    Column("rss_mib", "RSS after start, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]


class Both(PostfixDovecot):
    """Mailboxes are Maildir, filled by writing files: neither server looks at them at start."""

    name = "Postfix and Dovecot"

    def fill(self):
        user = pwd.getpwnam("postfix")
        text = b"Subject: stored\r\n\r\n" + b"x" * 1000 + b"\r\n"
        for account in range(1, ACCOUNTS + 1):
            new = pathlib.Path(f"{self.home}/maildir/u{account}/new")
            new.mkdir(parents=True)
            for number in range(STORED // ACCOUNTS):
                (new / f"{number}.1.host").write_bytes(text)
        os.chown(f"{self.home}/maildir", user.pw_uid, user.pw_gid)


def start(rounds, folder):
    claims = [
        Claim("seconds", "Start", at_most=1.0, unit=" s"),
        Claim("seconds", "Start", rival=Both.name),
        Claim("seconds", "Start", rival=James.name),
    ]
    title = f"start with {STORED:,} messages stored"
    result = Result("start", title, rounds, COLUMNS, claims)
    users = [f"u{number}@example.test" for number in range(1, ACCOUNTS + 1)]
    kinds = [lambda own: Postrider(own, users=users), Both, James]
    with running(result, folder, kinds) as servers:
        for server in servers:
            if isinstance(server, Both):
                server.fill()
            if not isinstance(server, Postrider):
                continue
            with load.Generator() as generator:
                generator.run(
                    port=server.port,
                    sessions=50,
                    messages=STORED,
                    size=1024,
                    to="u%d@example.test",
                    spread=ACCOUNTS,
                )
        for number in range(1, rounds + 1):
            for server in servers:
                server.stop()
                run = _started(server)
                result.add(server.name, run)
                print(f"round {number}: {server.name}: {run}", flush=True)
    result.note("The page cache is warm. Postfix and Dovecot are started one after the other.")
    result.note(james.NOTE)
    return result


def _started(server):
    begun = time.monotonic()
    server.serve()
    for port in _greeting_ports(server):
        process.await_greeting("127.0.0.1", port)
    took = time.monotonic() - begun
    cpu = sum(process.cpu_seconds(pid) for pid in server.pids())
    run = {"seconds": round(took, 3), "cpu_s": round(cpu, 3)} | memory(server)
    if isinstance(server, Postrider):
        out = pathlib.Path(f"{server.folder}/out").read_text()
        run["said_ms"] = int(out.split("ready in ")[1].split()[0])
    return run


def _greeting_ports(server):
    """The listeners that speak first, without TLS."""
    if isinstance(server, Postrider):
        listeners = json.loads(pathlib.Path(f"{server.home}/data/listeners.json").read_text())
        return [int(listeners[n].rsplit(":", 1)[1]) for n in ("smtp", "submission", "pop3")]
    return [server.port, server.pop3]
