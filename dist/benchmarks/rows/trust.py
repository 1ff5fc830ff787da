"""trust: strangers' mails of 10 KB are judged, as the shipped pipeline does, and accepted."""

import poplib
import socket
import ssl

from harness import load, strangers
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, memory, running
from servers.dns import Dns
from servers.postrider import Postrider
from servers.rspamd import PostfixRspamd

SESSIONS = 50
PER_CONNECTION = 20
MESSAGES = {"Postrider": 10000, "PostfixRspamd": 2000}
COLUMNS = [
    Column("rate", "messages/s", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
    Column("rss_mib", "RSS after the load, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]
# A few hundred clients send what thousands would, so that no limit for one of them may count.
CONF = [
    ('proxies=""', 'proxies="127.0.0.1"'),
    ('connection-rate="300" message-rate="600" recipient-rate="3000"', ""),
]


def trust(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=PostfixRspamd.name, at_least=3),
        Claim("cpu_ms", "CPU", rival=PostfixRspamd.name, at_most=1 / 4),
    ]
    title = "10 KB from 200 unknown domains, judged and delivered, 50 sessions"
    result = Result("trust", title, rounds, COLUMNS, claims)
    mails = strangers.Strangers(folder)
    with Dns(mails.records) as dns:
        environment = {"POSTRIDER_DNS": f"127.0.0.1:{dns.port}"}
        kinds = [
            lambda own: Postrider(own, conf=CONF, environment=environment),
            lambda own: PostfixRspamd(own, dns.port),
        ]
        with running(result, folder, kinds) as servers, load.Generator() as generator:

            def once(server):
                count = MESSAGES[type(server).__name__]
                watch = Watch(server, generator)
                generator.run(
                    port=server.port,
                    sessions=SESSIONS,
                    messages=count,
                    per_connection=PER_CONNECTION,
                    mails=mails.folder,
                )
                server.expected = getattr(server, "expected", 0) + count
                server.await_delivered(server.expected)
                return watch.stop(count) | memory(server)

            in_turn(result, servers, rounds, once)
            for server in servers:
                _look(result, server)
    result.note(
        f"{mails.signed} of {strangers.DOMAINS * strangers.EACH} different mails are signed."
    )
    return result


def _look(result, server):
    """Whether it judged at all."""
    if isinstance(server, PostfixRspamd):
        spf, dkim = (server.log_counts(name) for name in (b"R_SPF_ALLOW", b"R_DKIM_ALLOW"))
        result.note(f"rspamd passed SPF for {spf} and DKIM for {dkim} of {server.expected} mails.")
        return
    header = _newest(server)
    missing = [each for each in ("spf=pass", "dkim=pass", "dmarc=pass") if each not in header]
    if missing:
        result.note(f"Not in the header of a signed mail at Postrider: {', '.join(missing)}.")


class Maildrop(poplib.POP3_SSL):
    """From an address of which Postrider does not expect a PROXY header."""

    def _create_socket(self, timeout):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        source = ("127.0.0.2", 0)
        return context.wrap_socket(
            socket.create_connection((self.host, self.port), 60, source_address=source)
        )


def _newest(server):
    """The header of the last signed mail in the mailbox, or of the last one."""
    box = Maildrop("127.0.0.1", server.pop3s)
    try:
        box.user("bob@example.test")
        box.pass_("postrider")
        count, header = box.stat()[0], ""
        for number in range(count, max(0, count - 40), -1):
            header = b"\n".join(box.top(number, 0)[1]).decode("latin-1")
            if "DKIM-Signature:" in header:
                break
        return header
    finally:
        box.quit()
