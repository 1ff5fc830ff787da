package dev.postrider.dist.command;

import dev.postrider.dist.home.Home;
import dev.postrider.dist.plugin.Plugins;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code schema}: what editors want to know of the pipeline. */
@Command(
    name = "schema",
    footer = {
      "",
      "For example: postrider schema --home /srv/mail > pipeline.xsd",
      "             xmllint --noout --schema pipeline.xsd /srv/mail/conf/pipeline.xml"
    },
    description =
        "Prints an XML Schema of pipeline.xml, made from what the installed plugins declare.")
final class SchemaCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "whose plugins count too (default: those of the distribution alone)")
  private Optional<Path> home = Optional.empty();

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.say(Plugins.schema(home.map(directory -> new Home(directory).existing())).strip());
    return Console.DONE;
  }
}
