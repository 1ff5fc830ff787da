"""Postrider from the built distribution, a fresh home, the shipped configuration and pipeline."""

import json
import os
import pathlib
import re
import subprocess
import time
import urllib.request

from . import process

HERE = pathlib.Path(__file__).resolve().parents[2]
LAUNCHER = HERE / "target" / "postrider" / "bin" / "postrider"
DELIVERY = '<mailet match="All" class="LocalDelivery"/>'
HOLD = '<mailet match="All" class="Hold"><reason>measured</reason></mailet>'
PORTS = ("SMTP", "SUBMISSION", "SUBMISSIONS", "POP3", "POP3S", "ADMIN")


class Postrider:
    """
    Edits are pairs of what stands in a file of the home and what takes its place. certificate is
    a pair of PEM files. Accounts have the password postrider.
    """

    name = "Postrider"
    warm_runs = 5  # the JVM compiles what is called often while it runs

    def __init__(
        self, folder, pipeline=(), conf=(), environment=None, users=(), certificate=None
    ):
        self.folder, self.home = folder, f"{folder}/home"
        self.pipeline, self.conf, self.users = pipeline, conf, users
        self.certificate = certificate
        self.environment = dict(os.environ, POSTRIDER_BIND="127.0.0.1")
        self.environment.update({f"POSTRIDER_{name}_PORT": "0" for name in PORTS})
        self.environment.update(environment or {})

    @staticmethod
    def missing():
        return None if LAUNCHER.exists() else "the distribution; run dist/run once"

    def start(self):
        subprocess.run(
            [LAUNCHER, "init", "--home", self.home, "--domain", "example.test"]
            + ["--admin", "bob@example.test", "--password-file", "-"],
            input="postrider\n",
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
            env=self.environment,
        )
        self._edit("pipeline.xml", self.pipeline)
        if self.pipeline:
            self._without_tests()
        self._edit("postrider.xml", self.conf)
        for name, source in zip(("cert.pem", "key.pem"), self.certificate or ()):
            pathlib.Path(f"{self.home}/conf/tls/{name}").write_bytes(
                pathlib.Path(source).read_bytes()
            )
        self.serve()
        for user in self.users:
            self.admin("PUT", f"users/{user}", {"password": "postrider"})

    def serve(self):
        """Starts the process on the home as it is, and waits until it is ready."""
        out = pathlib.Path(f"{self.folder}/out")
        self.log = open(out, "w")
        self.child = subprocess.Popen(
            [LAUNCHER, "serve", "--home", self.home],
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=self.environment,
        )
        end = time.monotonic() + 180
        while "ready in" not in out.read_text():
            if time.monotonic() > end or self.child.poll() is not None:
                raise RuntimeError(f"Postrider did not start: {out.read_text()[-2000:]}")
            time.sleep(0.005)
        listeners = json.loads(pathlib.Path(f"{self.home}/data/listeners.json").read_text())
        self.ports = {name: int(a.rsplit(":", 1)[1]) for name, a in listeners.items()}
        self.port, self.pop3, self.pop3s = (self.ports[n] for n in ("smtp", "pop3", "pop3s"))

    def _edit(self, name, edits):
        path = pathlib.Path(f"{self.home}/conf/{name}")
        text = path.read_text()
        for old, new in edits:
            if old not in text:
                raise RuntimeError(f"{path} has no {old}")
            text = text.replace(old, new)
        path.write_text(text)

    def _without_tests(self):
        """The tests in the shipped pipeline are about the shipped pipeline."""
        path = pathlib.Path(f"{self.home}/conf/pipeline.xml")
        path.write_text(re.sub(r"<test .*?</test>", "", path.read_text(), flags=re.DOTALL))

    def admin(self, method, path, body=None):
        token = pathlib.Path(f"{self.home}/data/admin.token").read_text().strip()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['admin']}/v1/{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.loads(response.read())

    def await_delivered(self, count, seconds=0):
        """Its 250 says that the mail is in the mailbox, or in the spool where it is held."""

    def pids(self):
        return [self.child.pid]

    def stop(self):
        self.child.terminate()
        try:
            self.child.wait(60)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.log.close()
