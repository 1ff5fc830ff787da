"""Postfix with rspamd as its milter: Debian's packages, rspamd with the modules that it ships."""

import os
import pathlib
import shutil
import socket
import subprocess

from . import process
from .postfix import Postfix

FOLDERS = ("DBDIR", "RUNDIR", "LOGDIR", "LOCAL_CONFDIR")

# Nothing but names is changed: ports, one scanner for each core, and a resolver on loopback. What
# wants redis or rspamd's own servers stays off by itself, but for the fuzzy check, which would wait.
LOCAL = {
    "options.inc": """\
dns {{ nameserver = ["127.0.0.1:{dns}:1"]; }}
local_addrs = [];
control_socket = "{dir}/control.sock mode=0600";
""",
    "worker-normal.inc": "enabled = false;\n",
    "worker-controller.inc": 'bind_socket = "127.0.0.1:{controller}";\n',
    "worker-proxy.inc": """\
bind_socket = "127.0.0.1:{milter}";
milter = yes;
count = {cores};
upstream "local" {{
  default = yes;
  self_scan = yes;
}}
""",
    "logging.inc": 'type = "file";\nfilename = "{dir}/rspamd.log";\n',
    "fuzzy_check.conf": "enabled = false;\n",
}

# The load generator says who a client is as a load balancer does.
EXTRA = """\
smtpd_upstream_proxy_protocol = haproxy
smtpd_milters = inet:127.0.0.1:{milter}
milter_protocol = 6
milter_default_action = tempfail
"""


class PostfixRspamd(Postfix):
    name = "Postfix with rspamd"
    restrictions = "permit_auth_destination, "

    def __init__(self, folder, dns_port):
        self.dns_port, self.milter = dns_port, process.free_port()
        super().__init__(folder, extra=EXTRA.format(milter=self.milter))

    @staticmethod
    def missing():
        if not shutil.which("rspamd", path="/usr/sbin:/usr/bin"):
            return "package rspamd"
        return Postfix.missing()

    def start(self):
        self.home = f"{self.folder}/rspamd"
        local = pathlib.Path(self.home, "local.d")
        local.mkdir(parents=True)
        names = {"dir": self.home, "dns": self.dns_port, "milter": self.milter}
        names |= {"controller": process.free_port(), "cores": os.cpu_count()}
        for name, text in LOCAL.items():
            (local / name).write_text(text.format(**names))
        self.rspamd = subprocess.Popen(
            ["/usr/bin/rspamd", "--no-fork", "--insecure", "--config=/etc/rspamd/rspamd.conf"]
            + [f"--var={name}={self.home}" for name in FOLDERS],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.await_port(self.milter, 120)  # it compiles its patterns at first
            super().start()
        except BaseException:
            self._stop_rspamd()
            raise

    def serve(self):
        self._postfix("start")
        process.await_true(self._greets, f"{self.name} greets", 60, 0.05)
        with open(f"{self.folder}/queue/pid/master.pid") as f:
            self.pid = int(f.read())

    def _greets(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as s:
                s.sendall(b"PROXY TCP4 11.0.7.25 127.0.0.1 40000 25\r\n")
                return s.recv(100).startswith(b"220")
        except OSError:
            return False

    def log_counts(self, symbol):
        """In how many mails rspamd saw a symbol."""
        with open(f"{self.home}/rspamd.log", "rb") as f:
            return sum(symbol in line for line in f)

    def pids(self):
        return [self.pid, self.rspamd.pid]

    def stop(self):
        try:
            super().stop()
        finally:
            self._stop_rspamd()

    def _stop_rspamd(self):
        self.rspamd.terminate()
        try:
            self.rspamd.wait(30)
        except subprocess.TimeoutExpired:
            self.rspamd.kill()
            self.rspamd.wait()
