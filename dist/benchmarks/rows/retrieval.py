"""pop3: ten sessions log in to a mailbox each and retrieve all of it."""

from harness import certificate, load
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, memory, running
from servers.dovecot import PostfixDovecot
from servers.postrider import Postrider

SESSIONS = 10
EACH = 300
TIMES = 8
USERS = [f"u{number}@example.test" for number in range(1, SESSIONS + 1)]
COLUMNS = [
    Column("rate", "messages/s", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
    Column("rss_mib", "RSS after the load, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]


class Side:
    """A door of a server: its name in the table, its port and TLS."""

    def __init__(self, name, server, port, tls):
        self.name, self.server, self.port, self.tls = name, server, port, tls
        self.warm_runs = getattr(server, "warm_runs", 1)

    def pids(self):
        is_dovecot = isinstance(self.server, PostfixDovecot)
        return [self.server.dovecot.pid] if is_dovecot else self.server.pids()


def pop3(rounds, folder):
    rival = "Dovecot mdbox"
    claims = [
        Claim("rate", "Messages/s", rival=rival, at_least=1.5),
        Claim("cpu_ms", "CPU", rival=rival),
    ]
    title = "retrieving 4 KB messages by POP3S, 10 sessions, ECDSA P-256"
    result = Result("pop3", title, rounds, COLUMNS, claims)
    pair = certificate.make(folder)
    kinds = [
        lambda own: Postrider(own, users=USERS, certificate=pair),
        lambda own: PostfixDovecot(own, certificate=pair),
    ]
    with running(result, folder, kinds) as servers, load.Generator() as generator:
        sides = []
        for server in servers:
            _fill(server, generator)
            if isinstance(server, Postrider):
                sides.append(Side("Postrider", server, server.pop3s, "implicit"))
            else:
                sides.append(Side(rival, server, server.pop3s, "implicit"))
                sides.append(Side("Dovecot mdbox, without TLS", server, server.pop3, "none"))
        in_turn(result, sides, rounds, lambda side: _once(side, generator))
    for server, runs in result.data["servers"].items():
        if runs[0]["tls"] != "none":
            result.note(f"{server} spoke {runs[0]['tls']}.")
    result.note(
        "Time and CPU of logging in are left out on both sides. Postrider lets nobody log in"
        " without TLS, so there is no such figure."
    )
    return result


def _fill(server, generator):
    count = SESSIONS * EACH
    generator.run(
        port=server.port, sessions=20, messages=count, to="u%d@example.test", spread=SESSIONS
    )
    server.await_delivered(count)


def _once(side, generator):
    runs = [_all_mailboxes(side, generator) for _ in range(TIMES)]
    total = {key: sum(run[key] for run in runs) for key in ("messages", "seconds")}
    mean = {
        key: round(sum(run[key] for run in runs) / len(runs), 4)
        for key in ("cpu_ms", "generator_ms", "generator_share", "others_share")
    }
    rate = {"rate": round(total["messages"] / total["seconds"], 2), "tls": runs[0]["tls"]}
    return rate | total | mean | memory(side)


def _all_mailboxes(side, generator):
    count = SESSIONS * EACH
    generator.start(
        protocol="pop3",
        port=side.port,
        tls=side.tls,
        sessions=SESSIONS,
        messages=count,
        user="u%d@example.test",
        spread=SESSIONS,
        hold=True,
    )
    watch = Watch(side, generator)
    generator.go()
    done = generator.result()
    if done["messages"] != count:
        raise RuntimeError(f"{done['messages']} messages instead of {count}")
    return watch.stop(count, seconds=done["seconds"]) | {"tls": done["tls"]}
