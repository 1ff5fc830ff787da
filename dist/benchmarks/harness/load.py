"""The load generators: Postfix's smtp-source, and our own in Java, which also speaks TLS and POP3."""

import json
import os
import subprocess

from servers import process

from . import machine

SOURCE = "/usr/sbin/smtp-source"
CLASSES = machine.BENCHMARKS / "target" / "classes"


def source(port, messages, size, sessions):
    """Sends with smtp-source, connections reused; CPU seconds it took."""
    child = subprocess.Popen(
        [SOURCE, "-d", "-s", str(sessions), "-m", str(messages), "-l", str(size)]
        + ["-f", "alice@elsewhere.test", "-t", "bob@example.test", f"127.0.0.1:{port}"]
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"smtp-source ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


class Generator:
    """One warm process for all jobs of a row. Options of a job: see Job.java."""

    def __init__(self):
        self.child = subprocess.Popen(
            [machine.jdk() + "/bin/java", "-XX:+UseSerialGC", "-Xms64m", "-Xmx512m"]
            + ["-XX:MaxDirectMemorySize=512m", "-cp", str(CLASSES)]
            + ["dev.postrider.benchmark.load.Load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()

    def cpu_seconds(self):
        return process.cpu_seconds(self.child.pid)

    def start(self, **options):
        """Begins a job; with hold=True returns when all sessions are ready, and go() goes on."""
        words = [f"{name.replace('_', '-')}={value}" for name, value in options.items()]
        self._say(" ".join(words).replace("=True", "=true").replace("=False", "=false"))
        if options.get("hold"):
            self._answer("ready")

    def go(self):
        self._say("go")

    def result(self, failures_allowed=False):
        """Waits for the end of the job."""
        done = self._answer("done")
        if done["failed"] and not failures_allowed:
            raise RuntimeError(f"{done['failed']} messages failed: {done['firstFailure']}")
        return done

    def run(self, failures_allowed=False, **options):
        self.start(**options)
        return self.result(failures_allowed)

    def _say(self, line):
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()

    def _answer(self, event):
        line = self.child.stdout.readline()
        answer = json.loads(line) if line else {"event": "error", "text": "it has ended"}
        if answer["event"] != event:
            raise RuntimeError(f"the load generator: {answer.get('text', answer)}")
        return answer
