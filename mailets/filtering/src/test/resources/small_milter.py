"""A small real milter: python3-milter speaks libmilter, the library that most milters are made of."""
import sys

import Milter


class Small(Milter.Base):
    def __init__(self):
        self.body_octets = 0
        self.fields = []

    def connect(self, hostname, family, address):
        self.client = address[0]
        return Milter.CONTINUE

    def envfrom(self, sender, *parameters):
        self.body_octets = 0
        self.fields = []
        if sender.startswith("<refused@"):
            self.setreply("550", "5.7.1", "not from you")
            return Milter.REJECT
        return Milter.CONTINUE

    def envrcpt(self, recipient, *parameters):
        if recipient.startswith("<nobody@"):
            self.setreply("550", "5.1.1", "nobody is here")
            return Milter.REJECT
        return Milter.CONTINUE

    def header(self, name, value):
        self.fields.append((name, value))
        return Milter.CONTINUE

    def body(self, chunk):
        self.body_octets += len(chunk)
        return Milter.CONTINUE

    def eom(self):
        subject = dict(self.fields).get("Subject", "")
        if "virus" in subject:
            return Milter.DISCARD
        if "quarantine" in subject:
            self.quarantine("looks odd")
            return Milter.CONTINUE
        self.progress()
        self.addheader("X-Body-Octets", str(self.body_octets))
        self.addheader("X-Client", self.client)
        self.addheader("X-Queue-Id", self.getsymval("i") or "none")
        self.addheader("X-Top", "yes", 0)
        if "rewrite" in subject:
            self.chgheader("Subject", 1, "rewritten")
            self.replacebody("another body\r\n")
            self.addrcpt("<carol@example.test>")
            self.delrcpt("<bob@example.test>")
            self.chgfrom("<other@example.org>")
        return Milter.CONTINUE


Milter.factory = Small
Milter.set_flags(
    Milter.ADDHDRS | Milter.CHGHDRS | Milter.CHGBODY | Milter.ADDRCPT | Milter.DELRCPT | Milter.QUARANTINE | Milter.CHGFROM
)
Milter.runmilter("small", sys.argv[1], 30)
