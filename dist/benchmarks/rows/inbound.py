"""deliver, deliver-tls, spool, spool-64k: mail comes in over 50 sessions, connections reused."""

from harness import certificate, load
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, memory, running
from servers.dovecot import PostfixDovecot
from servers.postfix import Postfix, PostfixHold
from servers.postrider import DELIVERY, HOLD, Postrider
from servers.sink import Sink

SESSIONS = 50
COLUMNS = [
    Column("rate", "messages/s", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
    Column("rss_mib", "RSS after the load, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]


def _measure(result, folder, rounds, kinds, messages, size):
    """messages: by class name, as many as fill some seconds."""
    with running(result, folder, kinds) as servers:

        def once(server):
            count = messages[type(server).__name__]
            watch = Watch(server)
            generator = load.source(server.port, count, size, SESSIONS)
            server.expected = getattr(server, "expected", 0) + count
            server.await_delivered(server.expected)
            return watch.stop(count, generator_seconds=generator) | memory(server)

        in_turn(result, servers, rounds, once)
    return result


def deliver(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=Postfix.name),
        Claim("rate", "Messages/s", rival=PostfixDovecot.name, at_least=15),
        Claim("cpu_ms", "CPU", rival=PostfixDovecot.name, at_most=1 / 20),
        Claim("rate", "Messages/s", rival=Sink.name, at_least=0.35),
    ]
    title = "4 KB into a local mailbox, 50 sessions"
    result = Result("deliver", title, rounds, COLUMNS, claims)
    messages = {"Postrider": 20000, "Postfix": 2000, "PostfixDovecot": 1000, "Sink": 20000}
    kinds = [Postrider, Postfix, PostfixDovecot, Sink]
    return _measure(result, folder, rounds, kinds, messages, 4096)


def deliver_tls(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=Postfix.name),
        Claim("rate", "Messages/s", rival=PostfixDovecot.name),
        Claim("cpu_ms", "CPU", rival=PostfixDovecot.name),
    ]
    title = "4 KB into a local mailbox, 50 sessions, STARTTLS, ECDSA P-256"
    result = Result("deliver-tls", title, rounds, COLUMNS, claims)
    pair = certificate.make(folder)
    kinds = [
        lambda own: Postrider(own, certificate=pair),
        lambda own: Postfix(own, certificate=pair),
        lambda own: PostfixDovecot(own, certificate=pair),
    ]
    messages = {"Postrider": 12000, "Postfix": 2000, "PostfixDovecot": 1000}
    with running(result, folder, kinds) as servers, load.Generator() as generator:

        def once(server):
            count = messages[type(server).__name__]
            watch = Watch(server, generator)
            done = generator.run(
                port=server.port, tls="starttls", sessions=SESSIONS, messages=count, size=4096
            )
            server.expected = getattr(server, "expected", 0) + count
            server.await_delivered(server.expected)
            return watch.stop(count) | memory(server) | {"tls": done["tls"]}

        in_turn(result, servers, rounds, once)
    for server, runs in result.data["servers"].items():
        result.note(f"{server} spoke {runs[0]['tls']}.")
    return result


def _spool(name, title, rounds, folder, messages, size, claims):
    result = Result(name, title, rounds, COLUMNS, claims)
    kinds = [lambda own: Postrider(own, pipeline=[(DELIVERY, HOLD)]), PostfixHold]
    return _measure(result, folder, rounds, kinds, messages, size)


def spool(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=PostfixHold.name, at_least=6),
        Claim("cpu_ms", "CPU", rival=PostfixHold.name, at_most=1 / 6),
    ]
    title = "4 KB into the spool only, 50 sessions"
    messages = {"Postrider": 20000, "PostfixHold": 3000}
    return _spool("spool", title, rounds, folder, messages, 4096, claims)


def spool_64k(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=PostfixHold.name, at_least=4),
        Claim("cpu_ms", "CPU", rival=PostfixHold.name),
    ]
    title = "64 KB into the spool only, 50 sessions"
    messages = {"Postrider": 8000, "PostfixHold": 1500}
    return _spool("spool-64k", title, rounds, folder, messages, 65536, claims)
