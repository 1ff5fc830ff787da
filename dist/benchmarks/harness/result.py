"""The result of a row: every single run, and how a table is made of it."""

import datetime
import json
import statistics

from . import machine


class Column:
    """One figure of a run: its key, how the table calls it, digits after the point."""

    def __init__(self, key, title, digits):
        self.key, self.title, self.digits = key, title, digits


class Claim:
    """An aim: a figure of Postrider, or its ratio to that of a rival."""

    def __init__(self, key, what, at_least=None, at_most=None, rival=None, unit=""):
        self.key, self.what, self.rival, self.unit = key, what, rival, unit
        self.at_least, self.at_most = at_least, at_most


class Result:
    def __init__(self, name, title, rounds, columns, claims):
        self.name, self.title = name, title
        self.data = {
            "name": name,
            "title": title,
            "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "rounds": rounds,
            "machine": machine.describe(),
            "versions": machine.versions(),
            "columns": [vars(c) for c in columns],
            "claims": [vars(c) for c in claims],
            "servers": {},
            "skipped": [],
            "notes": [],
        }

    def add(self, server, run):
        self.data["servers"].setdefault(server, []).append(run)

    def skip(self, text):
        print(f"skipped: {text}", flush=True)
        self.data["skipped"].append(text)

    def note(self, text):
        if text not in self.data["notes"]:
            self.data["notes"].append(text)

    def finish(self):
        """Adds what the runs say about the machine."""
        shares, others = [], []
        for runs in self.data["servers"].values():
            shares += [r["generator_share"] for r in runs if "generator_share" in r]
            others += [r["others_share"] for r in runs if "others_share" in r]
        if shares and max(shares) > 0.5:
            self.note(
                f"The load generator took up to {max(shares):.0%} of the machine, which it shares"
                " with the server: what is measured is both together."
            )
        if others and statistics.median(others) > 0.1:
            self.note(
                f"Other processes took {statistics.median(others):.0%} of the machine meanwhile"
                " (median): not a quiet machine."
            )


def figures(data, server, key):
    return [run[key] for run in data["servers"].get(server, []) if run.get(key) is not None]


def number(value, digits):
    return f"{value:,.{digits}f}"


def shown(values, digits):
    """The median, with the range when there is more than one run."""
    if not values:
        return "-"
    text = number(statistics.median(values), digits)
    if len(values) > 1:
        text += f" ({number(min(values), digits)} to {number(max(values), digits)})"
    return text


def _ratio(value):
    if value >= 10:
        return f"{value:.0f} times"
    if value >= 1:
        return f"{value:.1f} times"
    return f"1/{1 / value:.1f}" if value > 0 else "0"


def claim_line(data, claim):
    ours = figures(data, "Postrider", claim["key"])
    if not ours:
        return None
    value, text = statistics.median(ours), ""
    if claim["rival"]:
        theirs = figures(data, claim["rival"], claim["key"])
        if not theirs or not statistics.median(theirs):
            return None
        value /= statistics.median(theirs)
        text = f"{_ratio(value)} that of {claim['rival']}"
    else:
        text = f"{value:,.4g}{claim['unit']}"
    low, high = claim["at_least"], claim["at_most"]
    if low is None and high is None:
        return f"{claim['what']}: {text}."
    met = value >= low if low is not None else value <= high
    word, bound = ("at least", low) if low is not None else ("at most", high)
    bound = _ratio(bound) if claim["rival"] else f"{bound:g}{claim['unit']}"
    return f"{claim['what']}: {text} (aim: {word} {bound}; {'met' if met else 'not met'})."


def table(data):
    """Markdown: one line for each server, then the claims, what was skipped, and the notes."""
    columns = [
        c for c in data["columns"] if any(figures(data, s, c["key"]) for s in data["servers"])
    ]
    lines = ["| server | " + " | ".join(c["title"] for c in columns) + " |"]
    lines.append("|---|" + "---|" * len(columns))
    for server in data["servers"]:
        cells = [shown(figures(data, server, c["key"]), c["digits"]) for c in columns]
        lines.append(f"| {server} | " + " | ".join(cells) + " |")
    said = [line for line in (claim_line(data, c) for c in data["claims"]) if line]
    said += [f"Skipped: {text}." for text in data["skipped"]] + data["notes"]
    if said:
        lines += [""] + [f"- {text}" for text in said]
    return "\n".join(lines)


def write(data, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n")
