"""Judges and signs mails with dkimpy, for comparison.

  dkim_cross_check.py probe            exit code 0 where all that is needed is installed
  dkim_cross_check.py verify DIR       prints "NAME pass|fail" for each DIR/*.eml; keys in DIR/dns.txt
  dkim_cross_check.py sign DIR         signs each DIR/*.eml in place: the first line of DIR/NAME.how says
                                       KEYFILE SELECTOR HEADER-FORM BODY-FORM rsa|ed25519 LENGTH(0|1)
"""
import glob
import os
import sys

import dkim
import nacl  # noqa: F401: Ed25519 needs it


def names(folder):
    records = {}
    with open(os.path.join(folder, "dns.txt"), encoding="ascii") as lines:
        for line in lines:
            name, text = line.rstrip("\n").split(" ", 1)
            records[name.lower()] = text.encode()
    return records


def verify(folder):
    records = names(folder)

    def txt(name, timeout=5):
        return records.get(name.decode().rstrip(".").lower())

    for path in sorted(glob.glob(os.path.join(folder, "*.eml"))):
        with open(path, "rb") as mail:
            message = mail.read()
        try:
            good = dkim.verify(message, dnsfunc=txt)
        except Exception:  # odd input makes it die of more than its own exceptions
            good = False
        print(os.path.basename(path), "pass" if good else "fail")


def sign(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.eml"))):
        with open(path[:-4] + ".how", encoding="ascii") as how:
            key, selector, header, body, algorithm, length = how.read().split()
        with open(os.path.join(folder, key), "rb") as file:
            private = file.read()
        with open(path, "rb") as mail:
            message = mail.read()
        field = dkim.sign(
            message,
            selector.encode(),
            b"example.org",
            private,
            canonicalize=(header.encode(), body.encode()),
            signature_algorithm=algorithm.encode(),
            length=length == "1",
        )
        with open(path, "wb") as mail:
            mail.write(field + message)


if sys.argv[1] == "verify":
    verify(sys.argv[2])
elif sys.argv[1] == "sign":
    sign(sys.argv[2])
