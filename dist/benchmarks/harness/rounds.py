"""Servers of a row: started together, measured in turn."""

import contextlib
import os
import time

from servers import process

from . import machine


class Watch:
    """CPU of a server, of the generator and of everything else, from here to stop()."""

    def __init__(self, server, generator=None):
        self.server, self.generator = server, generator
        self.before = self._read()

    def _read(self):
        server = sum(process.cpu_seconds(pid) for pid in self.server.pids())
        generator = self.generator.cpu_seconds() if self.generator else 0
        return time.monotonic(), server, generator, process.machine_cpu_seconds()

    def stop(self, messages, generator_seconds=None, seconds=None):
        """The figures of a run; the rate is over all the time unless seconds are given."""
        took, server, generator, busy = (b - a for a, b in zip(self.before, self._read()))
        if generator_seconds is not None:
            generator = generator_seconds
        everything = took * machine.CORES
        return {
            "messages": messages,
            "seconds": round(seconds or took, 4),
            "rate": round(messages / (seconds or took), 2),
            "cpu_ms": round(server * 1000 / messages, 4),
            "generator_ms": round(generator * 1000 / messages, 4),
            "generator_share": round(generator / everything, 4),
            "others_share": round(max(0, busy - server - generator) / everything, 4),
        }


@contextlib.contextmanager
def running(result, folder, kinds):
    """Starts what is installed, in a folder of its own each; yields the servers, stops them after."""
    os.chmod(folder, 0o755)  # the rivals drop privileges
    started = []
    with contextlib.ExitStack() as stack:
        for number, make in enumerate(kinds):
            own = f"{folder}/{number}"
            os.makedirs(own, exist_ok=True)
            server = make(own)
            if server.missing():
                result.skip(f"{server.name} needs {server.missing()}")
                continue
            try:
                server.start()
            except BaseException:
                with contextlib.suppress(Exception):
                    server.stop()
                raise
            stack.callback(server.stop)
            started.append(server)
        yield started


def in_turn(result, servers, rounds, measure, warm=None):
    """Warms each server, a JVM for longer, then measures one after the other, round by round."""
    for server in servers:
        times = getattr(server, "warm_runs", 1)
        for number in range(1, times + 1):
            run = (warm or measure)(server)
            print(f"warming {server.name}: {_short(run)}", flush=True)
            if number == 1 and times > 1 and "rate" in run:
                result.note(
                    f"The first of {times} runs that warmed {server.name}, while its JVM compiled:"
                    f" {run['rate']:,.0f} messages/s at {run['cpu_ms']:.3f} ms."
                )
    for number in range(1, rounds + 1):
        for server in servers:
            run = measure(server)
            result.add(server.name, run)
            print(f"round {number}: {server.name}: {_short(run)}", flush=True)


def memory(server):
    """Resident memory now, in MiB."""
    return {
        "rss_mib": round(sum(process.rss_mib(pid) for pid in server.pids()), 1),
        "pss_mib": round(sum(process.pss_mib(pid) for pid in server.pids()), 1),
    }


def _short(run):
    shown = ("rate", "cpu_ms", "generator_ms", "generator_share", "p50", "p99", "seconds")
    return ", ".join(f"{key} {run[key]}" for key in shown if key in run)
