"""What the rows share: machine, load, rounds, results, report."""
