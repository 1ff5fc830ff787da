"""Postfix handing over to Dovecot by LMTP, mailboxes in Dovecot's mdbox format."""

import os
import shutil
import subprocess

from . import process
from .postfix import Postfix

CONF = """\
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
protocols = lmtp pop3
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
mail_location = mdbox:{dir}/mdbox/%n
mail_fsync = optimized
first_valid_uid = 1
passdb {{
  driver = static
  args = password=postrider
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={dir}/home/%n
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {port}
  }}
  process_min_avail = 4
}}
service pop3-login {{
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  postmaster_address = postmaster@example.test
}}
"""


class PostfixDovecot(Postfix):
    name = "Postfix, LMTP, Dovecot mdbox"

    def __init__(self, folder):
        self.lmtp, self.pop3 = process.free_port(), process.free_port()
        super().__init__(folder, f"lmtp:inet:127.0.0.1:{self.lmtp}")

    @staticmethod
    def missing():
        if not shutil.which("dovecot", path="/usr/sbin:/usr/bin"):
            return "packages dovecot-lmtpd and dovecot-pop3d"
        return Postfix.missing()

    def start(self):
        import pwd

        self.home = self.folder + ".dovecot"
        user = pwd.getpwnam("postfix")
        for name in ("run", "state", "mdbox", "home"):
            os.makedirs(f"{self.home}/{name}", exist_ok=True)
        os.chmod(self.home, 0o755)
        for name in ("mdbox", "home"):
            os.chown(f"{self.home}/{name}", user.pw_uid, user.pw_gid)
        with open(f"{self.home}/dovecot.conf", "w") as f:
            f.write(
                CONF.format(
                    dir=self.home,
                    uid=user.pw_uid,
                    gid=user.pw_gid,
                    port=self.lmtp,
                    pop3=self.pop3,
                )
            )
        self.dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", f"{self.home}/dovecot.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.await_port(self.lmtp)
            super().start()
        except BaseException:
            self._stop_dovecot()
            raise

    def delivered(self):
        """Counted by Postfix's log: each line is one delivery that Dovecot confirmed."""
        with open(f"{self.folder}/log", errors="replace") as f:
            return sum(1 for line in f if "/lmtp[" in line and "status=sent" in line)

    def pids(self):
        return [self.pid, self.dovecot.pid]

    def stop(self):
        try:
            super().stop()
        finally:
            self._stop_dovecot()

    def _stop_dovecot(self):
        self.dovecot.terminate()
        self.dovecot.wait(30)
