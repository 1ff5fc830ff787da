"""CPU time and memory of a process and all its children, read from /proc."""

import os
import socket
import time

TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def await_port(port, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing accepts on port {port} after {seconds} s")


def _stat(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            text = f.read()
    except OSError:
        return None
    fields = text[text.rindex(")") + 2 :].split()
    return int(fields[1]), [int(x) for x in fields[11:15]]


def tree(root):
    """The pids of a process and its living descendants."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = _stat(int(name))
            if stat:
                parents.setdefault(stat[0], []).append(int(name))
    out, todo = [], [root]
    while todo:
        pid = todo.pop()
        out.append(pid)
        todo.extend(parents.get(pid, []))
    return out


def cpu_seconds(root):
    """User and system seconds of the tree, ended and reaped children included."""
    total = 0
    for pid in tree(root):
        stat = _stat(pid)
        if stat:
            total += sum(stat[1])
    return total / TICK


def rss_mib(root):
    """Resident memory of the tree in MiB; shared pages count for each process."""
    total = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/statm") as f:
                total += int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            pass
    return total / 1048576


def pss_mib(root):
    """The same in which a page that N processes share counts 1/N for each."""
    total = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                for line in f:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def machine_cpu_seconds():
    """Seconds that all cores together were busy since the machine started."""
    with open("/proc/stat") as f:
        user, nice, system, _idle, _wait, irq, softirq = map(int, f.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / TICK


def await_greeting(host, port, seconds=120):
    """Waits until a server greets there, and hangs up again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection((host, port), timeout=5) as s:
                if s.recv(100):
                    return
        except OSError:
            time.sleep(0.005)
    raise RuntimeError(f"nobody greets on port {port} after {seconds} s")


def await_true(condition, what, seconds=300, pause=0.02):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"not within {seconds} s: {what}")
        time.sleep(pause)
