"""Judges mails with dkimpy and pyspf, for comparison: side_by_side.py probe | DIR DNS-PORT

DIR holds NAME.eml and NAME.env (client, helo, sender: one in each line). Prints "NAME spf dkim arc" for
each mail, with tabs; dkim is that of the first signature.
"""
import glob
import os
import sys

import dkim
import dns.resolver
import nacl  # noqa: F401: Ed25519 needs it
import spf


def signed(message):
    if b"\r\nDKIM-Signature:" not in b"\r\n" + message.split(b"\r\n\r\n")[0]:
        return "none"
    try:
        return "pass" if dkim.verify(message) else "fail"
    except dkim.DKIMException as e:
        return "no: " + str(e)


if sys.argv[1] != "probe":
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = int(sys.argv[2])
    dns.resolver.default_resolver = resolver
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.eml"))):
        with open(path, "rb") as mail:
            message = mail.read()
        with open(path[:-4] + ".env", encoding="ascii") as env:
            client, helo, sender = env.read().split("\n")[:3]
        print(
            os.path.basename(path)[:-4],
            spf.check2(client, sender, helo)[0],
            signed(message),
            dkim.arc_verify(message)[0].decode(),
            sep="\t",
        )
