package dev.postrider.dist.command;

import picocli.CommandLine.Option;

/** {@code --json}. */
final class JsonOption {

  @Option(names = "--json", description = "print JSON")
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
