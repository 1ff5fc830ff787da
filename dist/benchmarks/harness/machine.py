"""What was measured, and on what."""

import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
DIST = ROOT / "dist"
BENCHMARKS = DIST / "benchmarks"
CORES = os.cpu_count()


def jdk():
    """The folder of the JDK 25 that the launcher would take."""
    script = DIST / "src/main/launcher/bin/find-jdk.sh"
    found = subprocess.run(
        ["bash", "-c", f". '{script}'; find_jdk javac"], capture_output=True, text=True
    )
    if found.returncode:
        raise RuntimeError("no JDK 25 found; install one of any vendor, or set JAVA25_HOME")
    return found.stdout.strip()


def _first(command, pattern, path="/usr/sbin:/usr/bin"):
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env=dict(os.environ, PATH=path)
        )
    except OSError:
        return None
    match = re.search(pattern, done.stdout + done.stderr)
    return match.group(1) if match else None


def _plain(release):
    """6.1.0 of 6.1.0-13-cloud."""
    return re.match(r"[\d.]*\d", release).group()


def _commit():
    words = ["git", "-C", str(ROOT)]
    try:
        head = subprocess.run([*words, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    except OSError:
        return None
    return head.stdout.strip() or None


def describe():
    cpu = memory = None
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
    for line in open("/proc/meminfo"):
        if line.startswith("MemTotal"):
            memory = round(int(line.split()[1]) / 1048576, 1)
    return {
        "cores": CORES,
        "cpu": cpu,
        "memoryGiB": memory,
        "kernel": f"{platform.system()} {_plain(platform.release())} {platform.machine()}",
        "loadAverageBefore": round(os.getloadavg()[0], 2),
    }


def versions():
    return {
        "postrider": _commit(),
        "java": _first([jdk() + "/bin/java", "-version"], r'version "([^"]+)"'),
        "postfix": _first(["postconf", "-d", "mail_version"], r"= (\S+)"),
        "dovecot": _first(["dovecot", "--version"], r"(\S+)"),
        "rspamd": _first(["rspamd", "--version"], r"version (\S+)"),
        "openssl": _first(["openssl", "version"], r"OpenSSL (\S+)"),
        "python": platform.python_version(),
    }
