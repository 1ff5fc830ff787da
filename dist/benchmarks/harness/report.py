"""Puts the tables of the results into dist/docs/performance.md, between its markers."""

import json
import re

from . import machine
from .result import table

PAGE = machine.DIST / "docs" / "performance.md"
KEPT = machine.BENCHMARKS / "results"
FRESH = machine.DIST / "target" / "benchmarks"
MARKED = re.compile(r"<!-- result (\S+) -->\n.*?<!-- end -->", re.DOTALL)


def keep(names):
    """Makes fresh results those that the page is made of."""
    KEPT.mkdir(exist_ok=True)
    for name in names:
        fresh = FRESH / f"{name}.json"
        if fresh.exists():
            (KEPT / fresh.name).write_text(fresh.read_text())


def _section(match):
    path = KEPT / f"{match.group(1)}.json"
    if path.exists():
        data = json.loads(path.read_text())
        rounds = "one round" if data["rounds"] == 1 else f"medians of {data['rounds']} rounds"
        text = f"{_host(data)}; {rounds}.\n\n{table(data)}"
    else:
        text = "Not measured yet."
    return f"<!-- result {match.group(1)} -->\n{text}\n<!-- end -->"


def _host(data):
    host, versions = data["machine"], data["versions"]
    named = [
        f"{name.title()} {versions[name]}"
        for name in ("java", "postfix", "dovecot", "rspamd")
        if versions.get(name)
    ]
    return (
        f"{data['date'][:10]}, {host['cores']} cores, {host['memoryGiB']} GiB,"
        f" {host['kernel']}, " + ", ".join(named)
    )


def write():
    PAGE.write_text(MARKED.sub(_section, PAGE.read_text()))
