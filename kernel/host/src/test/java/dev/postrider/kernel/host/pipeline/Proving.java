package dev.postrider.kernel.host.pipeline;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of a few lines, loaded with plugins that do what is proved not to happen. */
abstract class Proving {

  static final String COMMAND =
      "postrider trace --home DIR --pipeline DIR/conf/pipeline.xml --client 198.51.100.23 --from"
          + " stranger@elsewhere.example --to someone@foreign.example";
  static final String CONDITION =
      "; put a condition before it, such as match=\"SenderIsAuthenticated\"; see it with: "
          + COMMAND;
  static final String RELAY = "<mailet match='All' class='RemoteDelivery'/>";
  static final String HOLD = "<mailet match='All' class='Hold'/>";

  @TempDir static Path home;
  static Workbench workbench;

  @BeforeAll
  static void open() {
    workbench = new Workbench(home, AcmePlugin::pack);
  }

  @AfterAll
  static void close() {
    workbench.close();
  }

  /**
   * Line 2 is the first in {@code root}; a processor of its own can be begun with {@code #name}.
   */
  static String[] lines(String entries) {
    String processors =
        entries
            .replace('\'', '"')
            .replaceAll("#([a-z]+)\n", "</processor><processor state=\"$1\">\n");
    String error =
        entries.contains("#error")
            ? ""
            : "<processor state=\"error\"><mailet class=\"Hold\"/></processor>";
    return ("<pipeline><processors><processor state=\"root\">\n"
            + processors
            + "\n</processor>"
            + error
            + "</processors></pipeline>")
        .split("\n", -1);
  }

  static String to(String processor) {
    return "class='ToProcessor'><processor>" + processor + "</processor></mailet>";
  }
}
