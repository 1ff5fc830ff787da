package dev.postrider.dist.command;

import dev.postrider.dist.Plugins;
import dev.postrider.dist.Plugins.Entry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plugin list}. */
@Command(name = "plugin", description = "Matchers and mailets that the pipeline may name.")
final class PluginCommand {

  private final Console console;

  PluginCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists them with their parameters.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    List<Entry> entries = Plugins.list(home.existing());
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      lines.add(
          "%-8s %-24s %s %s"
              .formatted(entry.kind(), entry.name(), entry.plugin(), entry.version()));
      if (!entry.doc().isEmpty()) {
        lines.add("         " + entry.doc());
      }
      entry
          .parameters()
          .forEach(
              parameter ->
                  lines.add(
                      "           %s: %s%s"
                          .formatted(
                              parameter.name(),
                              parameter.doc(),
                              parameter.fallback().isEmpty()
                                  ? ""
                                  : " (default: " + parameter.fallback() + ")")));
    }
    return console.list(json.asked(), entries, lines);
  }
}
