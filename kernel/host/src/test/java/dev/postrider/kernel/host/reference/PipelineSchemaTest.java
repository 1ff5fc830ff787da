package dev.postrider.kernel.host.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.xml.Problems;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

class PipelineSchemaTest {

  private static final Path SHIPPED = Path.of("..", "..", "dist", "conf", "pipeline.xml");

  @TempDir Path home;
  private String schema = "";

  @BeforeEach
  void write() {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    workshop.packInTree(
        "authentication", "dev.postrider.mailet.authentication.AuthenticationPlugin");
    workshop.packInTree("spam", "dev.postrider.mailet.spam.SpamPlugin");
    workshop.build("limits", "1", "acme.Limits", Map.of("acme.Limits", LIMITS));
    Problems problems = new Problems();
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(problems.sorted()).isEmpty();
      schema = PipelineSchema.of(catalog);
    }
  }

  private static final String LIMITS =
      """
      package acme;
      import dev.postrider.plugin.*;
      import java.time.Duration;
      import java.util.*;
      public class Limits implements Plugin {
        public List<Class<? extends Mailet>> mailets() { return List.of(Throttle.class); }
        public enum How { SLOWLY, NOT_AT_ALL }
        public record Given(
            @Param(doc = "How many & what.", unit = "mails", defaultValue = "10") int rate,
            @Param(doc = "Span.", defaultValue = "1m") Duration span,
            @Param(doc = "In what way.", defaultValue = "slowly") How how,
            @Param(doc = "Whether to tell.", defaultValue = "no") boolean tell,
            @Param(doc = "Whom.") List<EmailAddress> whom) {}
        public static class Throttle implements Mailet {
          public Throttle(Given given) {}
          public Outcome process(Mail mail) { return Outcome.next(mail); }
        }
      }
      """;

  /** What the schema finds in the file, as {@code LINE: message}. */
  private List<String> faults(String file) throws SAXException, IOException {
    List<String> faults = new ArrayList<>();
    Validator validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(new StreamSource(new StringReader(schema)))
            .newValidator();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException fault) {
            faults.add(fault.getLineNumber() + ": " + fault.getMessage());
          }

          @Override
          public void error(SAXParseException fault) {
            warning(fault);
          }

          @Override
          public void fatalError(SAXParseException fault) throws SAXParseException {
            throw fault;
          }
        });
    validator.validate(new StreamSource(new StringReader(file)));
    return faults;
  }

  private static String pipeline(String... entries) {
    return "<pipeline><processors><processor state='root'>\n"
        + String.join("\n", entries)
        + "\n</processor></processors></pipeline>";
  }

  @Test
  void theShippedPipelineIsValid() throws Exception {
    assertThat(faults(Files.readString(SHIPPED))).isEmpty();
  }

  @Test
  void everythingThatAPipelineMayHoldIsValid() throws Exception {
    assertThat(
            faults(
                """
                <pipeline xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:noNamespaceSchemaLocation="pipeline.xsd">
                  <processors>
                    <processor state="root">
                      <matcher name="odd" match="And">
                        <matcher match="Not"><matcher match="All"/></matcher>
                        <matcher match="SizeGreaterThan=5m"/>
                      </matcher>
                      <mailet match="odd" class="org.apache.james.transport.mailets.ToProcessor">
                        <processor>local</processor>
                      </mailet>
                      <mailet notmatch="SubjectContains=x" class="Throttle" onMailetException="ignore">
                        <rate>${env:RATE:-5}</rate>
                        <span> 10 s </span>
                        <how>Not_At_All</how>
                        <tell>TRUE</tell>
                        <whom>a@b.test, c@d.test</whom>
                        <whom>e@f.test</whom>
                        <onMatchException>nomatch</onMatchException>
                      </mailet>
                    </processor>
                  </processors>
                  <test name="x"><mail anything="goes">here</mail></test>
                </pipeline>
                """))
        .isEmpty();
  }

  @Test
  void aBrokenOneTellsEachSlip() throws Exception {
    List<String> faults =
        faults(
            pipeline(
                "<mailet match='All' class='Throttl'/>",
                "<mailet match='All' klass='Throttle' class='Throttle'/>",
                "<mailet match='All' class='Throttle'><rat>5</rat></mailet>",
                "<mailet match='All' class='Throttle'><rate>many</rate></mailet>",
                "<mailet match='All' class='Throttle'><span>soon</span></mailet>",
                "<mailet match='All' class='Throttle'><how>fast</how></mailet>",
                "<mailet match='All' class='Throttle'><tell>perhaps</tell></mailet>",
                "<matcher match='And'/>",
                "<mailt/>"));
    assertThat(faults.stream().map(fault -> fault.substring(0, fault.indexOf(':'))).distinct())
        .containsExactly("2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(faults.getFirst()).contains("Throttl");
  }

  @Test
  void anEditorIsToldWhatAParameterIsAndWhoTakesIt() {
    assertThat(schema)
        .contains("Throttle: How many &amp; what. (number, mails; 10 where it is not given)")
        .contains("<xs:enumeration value=\"Throttle\">")
        .contains("<xs:enumeration value=\"not-at-all\"/>");
  }

  @Test
  void xmllintAgrees() throws Exception {
    Path lint = Path.of("/usr/bin/xmllint");
    assumeTrue(Files.isExecutable(lint), "xmllint (libxml2-utils) is not installed");
    Path xsd = Files.writeString(home.resolve("pipeline.xsd"), schema);
    Path broken = Files.writeString(home.resolve("broken.xml"), pipeline("<mailet class='X'/>"));
    assertThat(run(lint, xsd, SHIPPED)).endsWith("validates\n");
    assertThat(run(lint, xsd, broken)).endsWith("fails to validate\n").contains("'X'");
  }

  private static String run(Path lint, Path xsd, Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(lint.toString(), "--noout", "--schema", xsd.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThatCode(process::waitFor).doesNotThrowAnyException();
    return told;
  }
}
