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
{ssl}
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
    address = 127.0.0.1
    port = {pop3s}
    ssl = {implicit}
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

    def __init__(self, folder, extra="", certificate=None):
        self.lmtp, self.pop3 = process.free_port(), process.free_port()
        self.pop3s = process.free_port()
        super().__init__(folder, f"lmtp:inet:127.0.0.1:{self.lmtp}", extra, certificate)

    @staticmethod
    def missing():
        if not shutil.which("dovecot", path="/usr/sbin:/usr/bin"):
            return "packages dovecot-lmtpd and dovecot-pop3d"
        return Postfix.missing()

    def start(self):
        import pwd

        self.home = f"{self.folder}/dovecot"
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
                    pop3s=self.pop3s,
                    implicit="yes" if self.certificate else "no",
                    ssl="ssl = yes\nssl_cert = <{}\nssl_key = <{}".format(*self.certificate)
                    if self.certificate
                    else "ssl = no",
                )
            )
        super().start()

    def serve(self):
        self.serve_dovecot()
        try:
            super().serve()
        except BaseException:
            self._stop_dovecot()
            raise

    def serve_dovecot(self):
        self.dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", f"{self.home}/dovecot.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.await_greeting("127.0.0.1", self.lmtp)
            process.await_greeting("127.0.0.1", self.pop3)
        except BaseException:
            self._stop_dovecot()
            raise

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
