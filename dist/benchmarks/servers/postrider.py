"""Postrider from the built distribution, a fresh home, the shipped configuration and pipeline."""

import json
import os
import pathlib
import subprocess
import time

from . import process

HERE = pathlib.Path(__file__).resolve().parents[2]
LAUNCHER = HERE / "target" / "postrider" / "bin" / "postrider"


class Postrider:
    name = "Postrider"

    def __init__(self, folder):
        self.folder = folder

    @staticmethod
    def missing():
        return None if LAUNCHER.exists() else "the distribution; run dist/run once"

    def start(self):
        home = f"{self.folder}/home"
        environment = dict(os.environ, POSTRIDER_BIND="127.0.0.1")
        for name in ("SMTP", "SUBMISSION", "SUBMISSIONS", "POP3", "POP3S", "ADMIN"):
            environment[f"POSTRIDER_{name}_PORT"] = "0"

        def call(*words):
            subprocess.run(
                [LAUNCHER, *words, "--home", home, "--password-file", "-"],
                input="postrider\n",
                text=True,
                check=True,
                stdout=subprocess.DEVNULL,
                env=environment,
            )

        call("init", "--domain", "example.test", "--admin", "admin@example.test")
        call("user", "add", "bob@example.test")
        self.log = open(f"{self.folder}/out", "w")
        self.child = subprocess.Popen(
            [LAUNCHER, "serve", "--home", home],
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        end = time.monotonic() + 60
        while "ready in" not in pathlib.Path(f"{self.folder}/out").read_text():
            if time.monotonic() > end or self.child.poll() is not None:
                raise RuntimeError("Postrider did not start; see " + self.folder + "/out")
            time.sleep(0.05)
        listeners = json.loads(pathlib.Path(f"{home}/data/listeners.json").read_text())
        self.port = int(listeners["smtp"].rsplit(":", 1)[1])
        self.listeners = listeners

    def await_delivered(self, count, seconds=0):
        """Its 250 says that the mail is in the mailbox."""

    def pids(self):
        return [self.child.pid]

    def stop(self):
        self.child.terminate()
        self.child.wait(60)
        self.log.close()
