"""smtp-sink: takes mail and forgets it, the limit of what a dialogue allows."""

import shutil
import subprocess

from . import process


class Sink:
    name = "smtp-sink (stores nothing)"

    def __init__(self, folder):
        self.port = process.free_port()

    @staticmethod
    def missing():
        return None if shutil.which("smtp-sink", path="/usr/sbin:/usr/bin") else "package postfix"

    def start(self):
        self.child = subprocess.Popen(
            ["/usr/sbin/smtp-sink", "-u", "postfix", "-c", f"127.0.0.1:{self.port}", "1000"],
            stdout=subprocess.DEVNULL,
        )
        process.await_port(self.port)

    def await_delivered(self, count, seconds=0):
        pass

    def pids(self):
        return [self.child.pid]

    def stop(self):
        self.child.terminate()
        self.child.wait()
