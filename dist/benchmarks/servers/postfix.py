"""Postfix from Debian's package, with a configuration of its own."""

import os
import shutil
import subprocess

from . import process

MASTER = """\
{port} inet n - n - 200 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {dir}/queue
data_directory = {dir}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = postfix.test
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.test
virtual_mailbox_maps = static:bob/
virtual_mailbox_base = {dir}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_transport = {transport}
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
smtpd_recipient_restrictions = {restrictions}permit_mynetworks, reject
{tls}
default_process_limit = 100
maillog_file = {dir}/log
maillog_file_prefixes = {dir}
smtp_tls_security_level = none
{extra}
"""


TLS = """\
smtpd_tls_security_level = may
smtpd_tls_eccert_file = {}
smtpd_tls_eckey_file = {}
smtpd_tls_cert_file =
smtpd_tls_key_file =
"""


class Postfix:
    """Delivers into a Maildir (`virtual`), or as the caller says by `transport`."""

    name = "Postfix into Maildir"
    restrictions = ""

    def __init__(self, folder, transport="virtual", extra="", certificate=None):
        self.folder, self.transport, self.extra = folder, transport, extra
        self.certificate = certificate
        self.port = process.free_port()
        self.log_read = self.log_sent = 0

    @staticmethod
    def missing():
        return None if shutil.which("postfix", path="/usr/sbin:/usr/bin") else "package postfix"

    def start(self):
        for name in ("etc", "queue", "data", "mail"):
            os.makedirs(f"{self.folder}/{name}", exist_ok=True)
        os.chmod(self.folder, 0o755)
        shutil.chown(f"{self.folder}/data", "postfix")
        shutil.chown(f"{self.folder}/mail", "postfix")
        import pwd

        user = pwd.getpwnam("postfix")
        with open(f"{self.folder}/etc/main.cf", "w") as f:
            f.write(
                MAIN.format(
                    dir=self.folder,
                    uid=user.pw_uid,
                    gid=user.pw_gid,
                    transport=self.transport,
                    extra=self.extra,
                    restrictions=self.restrictions,
                    tls=TLS.format(*self.certificate)
                    if self.certificate
                    else "smtpd_tls_security_level = none",
                )
            )
        with open(f"{self.folder}/etc/master.cf", "w") as f:
            f.write(MASTER.format(port=f"127.0.0.1:{self.port}"))
            f.write("postlog unix-dgram n - n - 1 postlogd\n")
        self.serve()

    def serve(self):
        """Starts the processes on the folder as it is, and waits until it greets."""
        self._postfix("start")
        process.await_greeting("127.0.0.1", self.port)
        with open(f"{self.folder}/queue/pid/master.pid") as f:
            self.pid = int(f.read())

    def _postfix(self, verb):
        done = subprocess.run(
            ["/usr/sbin/postfix", "-c", f"{self.folder}/etc", verb],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"postfix {verb}: {done.stdout}{done.stderr}{self._log()}")

    def delivered(self):
        """Counted by the log: each line is one delivery that the agent or the next host confirmed."""
        with open(f"{self.folder}/log", "rb") as f:
            f.seek(self.log_read)
            text = f.read()
        whole = text.rfind(b"\n") + 1
        self.log_read += whole
        self.log_sent += text[:whole].count(b"status=sent")
        return self.log_sent

    def await_delivered(self, count, seconds=300):
        process.await_true(
            lambda: self.delivered() >= count, f"{self.name} delivers {count}", seconds
        )

    def pids(self):
        return [self.pid]

    def stop(self):
        self._postfix("abort")

    def _log(self):
        try:
            with open(f"{self.folder}/log") as f:
                return f.read()[-2000:]
        except OSError:
            return ""


class PostfixHold(Postfix):
    """Accepts and holds: nothing is delivered."""

    name = "Postfix, held"
    restrictions = "check_recipient_access static:HOLD, "

    def await_delivered(self, count, seconds=0):
        """Its 250 says that the mail is in the queue."""
