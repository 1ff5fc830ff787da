"""Mails of 10 KB from many domains that nobody here knows, and what the DNS says of these domains."""

import importlib
import pathlib
import random
import subprocess
import sys

from servers.dns import A, MX, PTR, TXT

DOMAINS = 200
EACH = 2
SIZE = 10_240
SELECTOR = "bench"
SYLLABLES = "ba den fo gar hil ka lo mer nu pel ro sti tan ver".split()
PACKAGES = "/usr/lib/python3/dist-packages"  # Debian's, whichever Python runs this


class Strangers:
    """
    A folder with a subfolder for each client, as the load generator wants it; `records` for the DNS
    server. Each domain has SPF, every second one also signs (DKIM) and has a policy (DMARC).
    """

    def __init__(self, folder):
        self.folder, self.records = f"{folder}/mails", {}
        self.random = random.Random(20261130)
        self.words = ["".join(self.random.choices(SYLLABLES, k=k)) for k in (1, 2, 3) * 500]
        self.signed = 0
        key, public = _key(folder)
        for number in range(DOMAINS):
            self._domain(number, key, public)

    def _domain(self, number, key, public):
        name, address = f"d{number}.example.org", f"11.{number}.7.25"
        host = f"mx.{name}"
        own = pathlib.Path(self.folder, address)
        own.mkdir(parents=True)
        signs = key is not None and number % 2 == 0
        self.records |= {
            (name, MX): host,
            (host, A): address,
            (name, A): address,
            (f"25.7.{number}.11.in-addr.arpa", PTR): host,
            (name, TXT): f"v=spf1 ip4:{address} -all",
        }
        if signs:
            self.records[(f"{SELECTOR}._domainkey.{name}", TXT)] = f"v=DKIM1; k=rsa; p={public}"
            self.records[(f"_dmarc.{name}", TXT)] = "v=DMARC1; p=reject"
        for each in range(EACH):
            text = self._mail(name, host, number * EACH + each).encode()
            if signs:
                text = _sign(text, name, key) + text
                self.signed += 1
            (own / f"{each}.eml").write_bytes(f"anna@{name}\r\n".encode() + text)

    def _mail(self, name, host, number):
        text = ""
        while len(text) < SIZE * 0.42:
            text += self._sentence() + "\r\n"
        html = "".join(f"<p>{line}</p>\r\n" for line in text.split("\r\n")[:-1])
        link = f"https://www.{name}/{self._word()}"
        return (
            f"From: Anna Person <anna@{name}>\r\n"
            "To: Bob <bob@example.test>\r\n"
            f"Subject: {self._sentence()[:60]}\r\n"
            "Date: Mon, 30 Nov 2026 12:00:00 +0000\r\n"
            f"Message-ID: <{number}.bench@{host}>\r\n"
            "MIME-Version: 1.0\r\n"
            'Content-Type: multipart/alternative; boundary="parts"\r\n'
            "\r\n"
            "--parts\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            f"{text}{link}\r\n"
            "--parts\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            f'<html><body>{html}<p><a href="{link}">{self._word()}</a></p></body></html>\r\n'
            "--parts--\r\n"
        )

    def _word(self):
        return self.random.choice(self.words)

    def _sentence(self):
        return " ".join(self._word() for _ in range(12)).capitalize()[:75] + "."


def _key(folder):
    """The private key in PEM and the public one in base64; none where dkimpy is missing."""
    if not _dkim():
        return None, None
    pem = f"{folder}/dkim.pem"
    _openssl("genrsa", "-traditional", "-out", pem, "2048")
    public = _openssl("rsa", "-in", pem, "-pubout")
    with open(pem, "rb") as f:
        return f.read(), "".join(line for line in public.splitlines() if "-" not in line[:2])


def _openssl(*words):
    done = subprocess.run(["openssl", *words], check=True, capture_output=True, text=True)
    return done.stdout


def _dkim():
    """dkimpy of Debian's package python3-dkim."""
    if PACKAGES not in sys.path:
        sys.path.append(PACKAGES)
    try:
        return importlib.import_module("dkim")
    except ImportError:
        return None


def _sign(text, name, key):
    return _dkim().sign(
        text,
        SELECTOR.encode(),
        name.encode(),
        key,
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[b"from", b"to", b"subject", b"date", b"message-id"],
        linesep=b"\r\n",
    )
