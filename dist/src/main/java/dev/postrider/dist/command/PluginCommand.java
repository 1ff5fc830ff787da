package dev.postrider.dist.command;

import dev.postrider.dist.install.PluginChanges;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.dist.plugin.Plugins.Entry;
import dev.postrider.dist.plugin.Plugins.ParameterEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin}: what the pipeline may name, and where it comes from. */
@Command(name = "plugin", description = "Plugins, with the matchers and mailets that they offer.")
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
          "%-8s %-24s %s %s (%s)"
              .formatted(
                  entry.kind(), entry.name(), entry.plugin(), entry.version(), entry.from()));
      if (!entry.doc().isEmpty()) {
        lines.add("         " + entry.doc());
      }
      entry.parameters().forEach(each -> lines.add("           " + shown(each)));
    }
    return console.list(json.asked(), entries, lines);
  }

  private static String shown(ParameterEntry parameter) {
    String missing =
        parameter.required()
            ? "required"
            : parameter.fallback().isEmpty() ? "optional" : "default: " + parameter.fallback();
    return Stream.of(parameter.form(), parameter.unit(), missing)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining(", ", parameter.name() + " (", "): " + parameter.doc()));
  }

  @Command(
      footer = {"", "For example: postrider plugin install target/tagger-1.0.jar --home /srv/mail"},
      description =
          "Adds a plugin, or puts it in the place of the one of its name, and lets a running server"
              + " use it. Where anything is wrong with it, names it and changes nothing.")
  int install(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "FILE", description = "a jar, or a zip or folder of jars") Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "",
              description = "the name of the plugin (default: the file's, without its version)")
          String name) {
    return console.tell(PluginChanges.install(home.existing(), file, name));
  }

  @Command(description = "Removes a plugin that the pipeline does not name any more.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "NAME", description = "as 'plugin list' shows it") String name) {
    return console.tell(PluginChanges.remove(home.existing(), name));
  }

  @Command(description = "The same as 'postrider reload'.")
  int reload(@Mixin HomeOption home) {
    return ReloadCommand.reload(console, home.existing());
  }
}
