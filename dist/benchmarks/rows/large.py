"""large: a message of 100 MB comes in by SMTP and goes out by POP3S; what the heap does meanwhile."""

import re
import subprocess
import threading
import time

from harness import load, machine
from harness.result import Claim, Column, Result
from harness.rounds import memory, running
from servers import process
from servers.postrider import Postrider

SIZE = 100_000_000
COLUMNS = [
    Column("in_s", "in by SMTP, s", 2),
    Column("out_s", "out by POP3S, s", 2),
    Column("heap_growth_mib", "growth of the heap, MiB", 1),
    Column("live_growth_mib", "growth of what is live in it, MiB", 1),
    Column("rss_growth_mib", "growth of RSS at its peak, MiB", 0),
    Column("cpu_s", "server CPU, s", 2),
]


def _heap(pid):
    """Committed and used MiB of the heap, by jcmd."""
    done = subprocess.run(
        [machine.jdk() + "/bin/jcmd", str(pid), "GC.heap_info"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(r"total (?:reserved )?(\d+)K,(?: committed \d+K,)? used (\d+)K", done.stdout)
    if not found:
        raise RuntimeError(f"jcmd says no sizes: {done.stdout}")
    return [sum(int(each[i]) for each in found) / 1024 for i in (0, 1)]


def _live(pid):
    subprocess.run(
        [machine.jdk() + "/bin/jcmd", str(pid), "GC.run"], capture_output=True, check=True
    )
    return _heap(pid)[1]


class Peak:
    """Looks at RSS and at the committed heap until it is closed."""

    def __init__(self, pid):
        self.pid, self.over = pid, threading.Event()
        self.rss, self.committed = process.rss_mib(pid), _heap(pid)[0]
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self):
        while not self.over.wait(0.1):
            self.rss = max(self.rss, process.rss_mib(self.pid))

    def close(self):
        self.over.set()
        self.thread.join()
        self.committed = max(self.committed, _heap(self.pid)[0])


def large(rounds, folder):
    claims = [Claim("heap_growth_mib", "Growth of the heap", at_most=20, unit=" MiB")]
    title = "a message of 100 MB in by SMTP and out by POP3S"
    result = Result("large", title, rounds, COLUMNS, claims)
    users = ["warm@example.test"] + [f"u{n}@example.test" for n in range(rounds)]
    conf = [('message-size="50m"', 'message-size="200m"')]
    kinds = [lambda own: Postrider(own, conf=conf, users=users)]
    with running(result, folder, kinds) as servers, load.Generator() as generator:
        for server in servers:
            _there_and_back(server, generator, users[0], 4096)
            for user in users[1:]:
                run = _measured(server, generator, user)
                result.add(server.name, run)
                print(run, flush=True)
    result.note(
        "Growth of the heap: what the JVM has taken from the system for it, before and after;"
        " of what is live: in use after a collection."
    )
    return result


def _there_and_back(server, generator, user, size):
    sent = generator.run(port=server.port, to=user, size=size)
    got = generator.run(protocol="pop3", port=server.pop3s, tls="implicit", user=user)
    if got["messages"] != 1 or got["octets"] < size:
        raise RuntimeError(f"sent {size} octets, got back {got}")
    return sent, got


def _measured(server, generator, user):
    pid = server.child.pid
    live, committed, rss = _live(pid), _heap(pid)[0], process.rss_mib(pid)
    cpu = process.cpu_seconds(pid)
    peak = Peak(pid)
    try:
        sent, got = _there_and_back(server, generator, user, SIZE)
    finally:
        peak.close()
    cpu = process.cpu_seconds(pid) - cpu
    time.sleep(0.5)
    return {
        "in_s": sent["seconds"],
        "out_s": got["latencyMs"]["max"] / 1000,
        "heap_before_mib": round(committed, 1),
        "heap_growth_mib": round(peak.committed - committed, 1),
        "live_growth_mib": round(_live(pid) - live, 1),
        "rss_growth_mib": round(peak.rss - rss, 1),
        "cpu_s": round(cpu, 2),
    } | memory(server)
