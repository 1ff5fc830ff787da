"""relay: mail for 20 other hosts comes in and goes out to smtp-sink; the sinks are counted."""

import os

from harness import load
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, memory, running
from servers import process
from servers.dns import A, MX, Dns
from servers.postfix import Postfix
from servers.postrider import Postrider
from servers.sink import Sink

DESTINATIONS = 20
COLUMNS = [
    Column("rate", "messages/s, in and out", 0),
    Column("accepted_rate", "accepted/s", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
    Column("messages_each", "messages for each outgoing connection", 1),
    Column("rss_mib", "RSS after the load, MiB", 0),
    Column("pss_mib", "PSS, MiB", 0),
]


class PostfixRelay(Postfix):
    name = "Postfix"

    def __init__(self, folder, port):
        table = f"{folder}/transport"
        super().__init__(folder, extra=f"transport_maps = texthash:{table}\nrelayhost =\n")
        with open(table, "w") as f:
            for number in range(1, DESTINATIONS + 1):
                f.write(f"d{number}.test smtp:[127.0.0.{number + 1}]:{port}\n")


def relay(rounds, folder):
    claims = [
        Claim("rate", "Messages/s", rival=PostfixRelay.name, at_least=4),
        Claim("cpu_ms", "CPU", rival=PostfixRelay.name),
    ]
    title = "4 KB in over 50 sessions and out to 20 hosts"
    result = Result("relay", title, rounds, COLUMNS, claims)
    port = process.free_port()
    os.makedirs(f"{folder}/sinks")
    sinks = [Sink(f"{folder}/sinks", f"127.0.0.{n + 1}", port) for n in range(1, DESTINATIONS + 1)]
    records = {}
    for number in range(1, DESTINATIONS + 1):
        records[(f"d{number}.test", MX)] = f"mx{number}.test"
        records[(f"mx{number}.test", A)] = f"127.0.0.{number + 1}"
    started = []
    with Dns(records) as dns:
        environment = {
            "POSTRIDER_DNS": f"127.0.0.1:{dns.port}",
            "POSTRIDER_OUTBOUND_PORT": str(port),
            "POSTRIDER_OUTBOUND_ALLOW_PRIVATE": "true",
            "POSTRIDER_RELAY_NETWORKS": "127.0.0.0/8",
        }
        kinds = [
            lambda own: Postrider(own, environment=environment),
            lambda own: PostfixRelay(own, port),
        ]
        try:
            for sink in sinks:
                sink.start()
                started.append(sink)
            with running(result, folder, kinds) as servers, load.Generator() as generator:
                in_turn(result, servers, rounds, lambda s: _once(s, generator, sinks))
        finally:
            for sink in started:
                sink.stop()
    return result


def _counts(sinks):
    """Sessions and messages of all sinks."""
    return [sum(each) for each in zip(*(sink.counts() for sink in sinks))]


def _once(server, generator, sinks):
    count = 6000 if isinstance(server, Postrider) else 1500
    sessions, messages = _counts(sinks)
    watch = Watch(server, generator)
    done = generator.run(
        port=server.port, sessions=50, messages=count, to="someone@d%d.test", spread=DESTINATIONS
    )
    process.await_true(
        lambda: _counts(sinks)[1] >= messages + count,
        f"the sinks get {count} from {server.name}",
        120,
    )
    run = watch.stop(count) | {"accepted_rate": done["rate"]}
    run["messages_each"] = round(count / max(1, _counts(sinks)[0] - sessions), 2)
    return run | memory(server)
