"""pop3, pop3-tls: ten sessions log in to a mailbox each and retrieve all of it."""

from harness import certificate, load
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, memory, running
from servers.dovecot import PostfixDovecot
from servers.postrider import Postrider

SESSIONS = 10
EACH = 300
USERS = [f"u{number}@example.test" for number in range(1, SESSIONS + 1)]
COLUMNS = [
    Column("rate", "messages/s", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
    Column("rss_mib", "RSS after the load, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]


class Dovecot(PostfixDovecot):
    name = "Dovecot mdbox"

    def pids(self):
        return [self.dovecot.pid]


def _measure(name, title, rounds, folder, pair, claims):
    result = Result(name, title, rounds, COLUMNS, claims)
    tls = "implicit" if pair else "none"
    kinds = [
        lambda own: Postrider(own, users=USERS, certificate=pair),
        lambda own: Dovecot(own, certificate=pair),
    ]
    with running(result, folder, kinds) as servers, load.Generator() as generator:
        for server in servers:
            count = SESSIONS * EACH
            generator.run(
                port=server.port, sessions=20, messages=count, to="u%d@example.test", spread=SESSIONS
            )
            server.await_delivered(count)

        def once(server):
            messages = 0
            runs = []
            for _ in range(10 if isinstance(server, Postrider) else 6):
                generator.start(
                    protocol="pop3",
                    port=server.pop3s if pair else server.pop3,
                    tls=tls,
                    sessions=SESSIONS,
                    messages=SESSIONS * EACH,
                    user="u%d@example.test",
                    spread=SESSIONS,
                    hold=True,
                )
                watch = Watch(server, generator)
                generator.go()
                done = generator.result()
                if done["messages"] != SESSIONS * EACH:
                    raise RuntimeError(f"{done['messages']} messages instead of {SESSIONS * EACH}")
                messages += done["messages"]
                runs.append(watch.stop(done["messages"]) | {"tls": done["tls"]})
            seconds = sum(run["seconds"] for run in runs)
            mean = {
                key: round(sum(run[key] for run in runs) / len(runs), 4)
                for key in ("cpu_ms", "generator_ms", "generator_share", "others_share")
            }
            rate = {"messages": messages, "seconds": seconds, "rate": round(messages / seconds, 2)}
            return rate | mean | memory(server) | {"tls": runs[0]["tls"]}

        in_turn(result, servers, rounds, once)
    if pair:
        for server, runs in result.data["servers"].items():
            result.note(f"{server} spoke {runs[0]['tls']}.")
    return result


def pop3(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=Dovecot.name, at_least=1.5),
        Claim("cpu_ms", "CPU", rival=Dovecot.name),
    ]
    title = "retrieving 4 KB messages by POP3, 10 sessions"
    return _measure("pop3", title, rounds, folder, None, claims)


def pop3_tls(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=Dovecot.name),
        Claim("cpu_ms", "CPU", rival=Dovecot.name),
    ]
    title = "retrieving 4 KB messages by POP3S, 10 sessions, ECDSA P-256"
    return _measure("pop3-tls", title, rounds, folder, certificate.make(folder), claims)
