"""Builds the distribution and the load generator where they are missing or older than the sources."""

import os
import subprocess

from . import machine

MARK = machine.BENCHMARKS / "target" / "class-path"


def _newest(folder):
    times = [os.stat(os.path.join(p, f)).st_mtime for p, _, files in os.walk(folder) for f in files]
    return max(times, default=0)


def _rehearse():
    """Makes the start-up cache, which a server else makes in the background while it is measured."""
    installed = machine.DIST / "target" / "postrider"
    if not any(f.stat().st_size for f in (installed / "cache").glob("*.aot")):
        print("Making the start-up cache ...", flush=True)
        subprocess.run([installed / "bin" / "postrider", "rehearse"], stdout=subprocess.DEVNULL)


def bring_up_to_date(whole):
    """whole: the JMH benchmarks too, which are compiled against the server's classes."""
    subprocess.run([machine.DIST / "run", "--version"], check=True, stdout=subprocess.DEVNULL)
    _rehearse()
    sources = max(
        _newest(machine.BENCHMARKS / "src"),
        (machine.BENCHMARKS / "pom.xml").stat().st_mtime,
        (machine.DIST / "target" / "postrider.built").stat().st_mtime if whole else 0,
    )
    if MARK.exists() and MARK.stat().st_mtime >= sources:
        return
    print("Building the load generator ...", flush=True)
    subprocess.run(
        ["mvn", "-B", "-q", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "-DskipLint"]
        + ["-pl", "dist/benchmarks", "-am", "package"],
        cwd=machine.ROOT,
        check=True,
    )
    MARK.touch()
