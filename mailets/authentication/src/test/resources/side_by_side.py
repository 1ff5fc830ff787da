"""Judges mails with dkimpy and pyspf, for comparison: side_by_side.py probe | DIR

DIR holds dns.txt (NAME TYPE VALUE), NAME.eml and NAME.env (client, helo, sender: one in each line).
Prints "NAME dkim=… spf=…" for each mail; dkim is that of the first signature.
"""
import glob
import os
import sys

import dkim
import nacl  # noqa: F401: Ed25519 needs it
import spf

RECORDS = {}


def load(folder):
    with open(os.path.join(folder, "dns.txt"), encoding="ascii") as lines:
        for line in lines:
            name, kind, value = line.rstrip("\n").split(" ", 2)
            RECORDS.setdefault((name.lower(), kind), []).append(value)


def lookup(name, kind, *_):
    found = RECORDS.get((name.lower().rstrip("."), kind), [])
    if kind == "TXT":
        return [((name, kind), (text.encode(),)) for text in found]
    if kind == "MX":
        return [((name, kind), (int(v.split(" ")[0]), v.split(" ")[1])) for v in found]
    return [((name, kind), address) for address in found]


def txt(name, timeout=5):
    found = RECORDS.get((name.decode().rstrip(".").lower(), "TXT"))
    return found[0].encode() if found else None


def signed(message):
    if b"\r\nDKIM-Signature:" not in b"\r\n" + message.split(b"\r\n\r\n")[0]:
        return "none"
    try:
        return "pass" if dkim.DKIM(message).verify(dnsfunc=txt) else "fail"
    except dkim.DKIMException as e:
        return "no: " + str(e)


if sys.argv[1] != "probe":
    load(sys.argv[1])
    spf.DNSLookup = lookup
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.eml"))):
        with open(path, "rb") as mail:
            verdict = signed(mail.read())
        with open(path[:-4] + ".env", encoding="ascii") as env:
            client, helo, sender = env.read().split("\n")[:3]
        print(os.path.basename(path)[:-4], f"dkim={verdict}", f"spf={spf.check2(client, sender, helo)[0]}", sep="\t")
