"""jmh: the hot paths alone, in a JVM of their own each."""

import json
import subprocess

from harness import build, machine
from harness.result import Column, Result

COLUMNS = [
    Column("score", "microseconds for each operation", 2),
    Column("error", "error, 99.9 %", 2),
]


def jmh(rounds, folder):
    result = Result("jmh", "hot paths, by JMH", rounds, COLUMNS, [])
    out = f"{folder}/jmh.json"
    subprocess.run(
        [machine.jdk() + "/bin/java", "-XX:+UseParallelGC"]
        + ["-cp", f"{machine.BENCHMARKS}/target/classes:{build.MARK.read_text().strip()}"]
        + ["dev.postrider.benchmark.jmh.Benchmarks", str(rounds), out]
        + [str(machine.DIST / "target" / "postrider")],
        check=True,
    )
    with open(out) as f:
        for each in json.load(f):
            name = " ".join([".".join(each["benchmark"].split(".")[-2:]), *each.get("params", {}).values()])
            metric = each["primaryMetric"]
            error = metric["scoreError"]
            result.add(
                name,
                {
                    "score": metric["score"],
                    "error": error if isinstance(error, float) else None,
                    "raw": metric["rawData"],
                },
            )
    return result
