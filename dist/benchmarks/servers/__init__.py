"""The servers that are measured, each started from scratch in a folder of its own on loopback."""
