"""latency: from DATA to the 250 after the message, with one session and with 50."""

from harness import load
from harness.result import Claim, Column, Result
from harness.rounds import Watch, in_turn, running
from servers.postfix import Postfix
from servers.postrider import Postrider

COLUMNS = [
    Column("p50", "1 session: p50, ms", 2),
    Column("p99", "p99, ms", 2),
    Column("p50_50", "50 sessions: p50, ms", 2),
    Column("p99_50", "p99, ms", 2),
    Column("rate_50", "messages/s at 50", 0),
    Column("cpu_ms", "server CPU, ms per message", 3),
    Column("generator_ms", "generator CPU, ms per message", 3),
]


def latency(rounds, folder):
    claims = [
        Claim("p99_50", "p99 at 50 sessions", at_most=25, unit=" ms"),
        Claim("p99_50", "p99 at 50 sessions", rival=Postfix.name),
        Claim("p50", "p50 at one session", rival=Postfix.name),
    ]
    title = "from DATA to 250, 4 KB into a local mailbox"
    result = Result("latency", title, rounds, COLUMNS, claims)
    messages = {"Postrider": (2000, 10000), "Postfix": (500, 2500)}
    with running(result, folder, [Postrider, Postfix]) as servers, load.Generator() as generator:

        def once(server):
            one, many = messages[type(server).__name__]
            watch = Watch(server, generator)
            a = generator.run(port=server.port, sessions=1, messages=one)
            b = generator.run(port=server.port, sessions=50, messages=many)
            server.expected = getattr(server, "expected", 0) + one + many
            server.await_delivered(server.expected)  # so that the next server has the machine
            watched = watch.stop(one + many)
            kept = ("cpu_ms", "generator_ms", "generator_share", "others_share")
            return {key: watched[key] for key in kept} | {
                "p50": a["latencyMs"]["p50"],
                "p99": a["latencyMs"]["p99"],
                "max": a["latencyMs"]["max"],
                "p50_50": b["latencyMs"]["p50"],
                "p99_50": b["latencyMs"]["p99"],
                "max_50": b["latencyMs"]["max"],
                "rate_50": b["rate"],
            }

        in_turn(result, servers, rounds, once)
    result.note("Postfix delivers after its 250, while the next messages come in.")
    return result
