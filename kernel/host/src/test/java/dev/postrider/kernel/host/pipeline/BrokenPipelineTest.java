package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.testkit.MailBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenPipelineTest {

  @TempDir Path home;
  private Workbench workbench;

  @BeforeEach
  void open() {
    workbench = new Workbench(home);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  /** Lines from 4 on are inside of {@code root}, which ends with an entry for all. */
  private static String[] inRoot(String... lines) {
    List<String> all =
        new ArrayList<>(List.of("<pipeline>", "<processors>", "<processor state=\"root\">"));
    all.addAll(List.of(lines));
    all.addAll(
        List.of(
            "<mailet match=\"All\" class=\"Hold\"/>",
            "</processor>",
            "<processor state=\"error\"><mailet match=\"All\" class=\"Hold\"/></processor>",
            "</processors>",
            "</pipeline>"));
    return all.toArray(String[]::new);
  }

  private List<String> problems(String... lines) {
    return workbench.problems(inRoot(lines));
  }

  @Test
  void nothingIsWrongWithAnEntryForAll() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void everyProblemIsToldAtItsLine() {
    assertThat(
            problems(
                "<mailet match=\"SizeGreatrThan=10m\" class=\"Hold\"/>",
                "<mailet match=\"SizeGreaterThan=lots\" class=\"Hold\"/>",
                "<mailet match=\"All=1\" class=\"Hold\"/>",
                "<mailet match=\"RelayLimit\" class=\"Hold\"/>",
                "<mailet match=\"All\" class=\"AddHeadr\"/>",
                "<mailet match=\"All\" class=\"AddHeader\">",
                "  <nane>X-Test</nane>",
                "  <value>1</value>",
                "</mailet>",
                "<mailet match=\"All\"/>",
                "<mailet mach=\"All\" class=\"Log\" level=\"info\"/>",
                "<malet match=\"All\" class=\"Log\"/>",
                "<mailet match=\"All\" notmatch=\"All\" class=\"Log\"/>",
                "<mailet match=\"All\" class=\"Log\" onMailetException=\"keep going\"/>",
                "<mailet match=\"All\" class=\"Log\"><message><b>x</b></message></mailet>"))
        .containsExactly(
            "conf/pipeline.xml:4: unknown matcher 'SizeGreatrThan'; did you mean"
                + " 'SizeGreaterThan'?",
            "conf/pipeline.xml:5: the condition of the matcher 'SizeGreaterThan': 'lots' is not a"
                + " size like 500k, 25m or 1g",
            "conf/pipeline.xml:6: the matcher 'All' takes no condition '1'; write match=\"All\"",
            "conf/pipeline.xml:7: the condition of the matcher 'RelayLimit' is missing; write"
                + " match=\"RelayLimit=…\": The number of Received fields, 1 or more.",
            "conf/pipeline.xml:8: unknown mailet 'AddHeadr'; did you mean 'AddHeader'?",
            "conf/pipeline.xml:9: the parameter <name> of 'AddHeader' is missing; add"
                + " <name>…</name>: The field's name.",
            "conf/pipeline.xml:10: unknown parameter <nane> of 'AddHeader'; did you mean 'name'?",
            "conf/pipeline.xml:13: a mailet has no class; add class=\"…\" to <mailet match=\"All\">",
            "conf/pipeline.xml:14: unknown attribute 'level' of <mailet class=\"Log\">; parameters"
                + " are elements: <level>…</level>",
            "conf/pipeline.xml:14: unknown attribute 'mach' of <mailet class=\"Log\">; did you mean"
                + " 'match'?",
            "conf/pipeline.xml:15: unknown element <malet> in <processor state=\"root\">; did you"
                + " mean 'mailet'?",
            "conf/pipeline.xml:16: <mailet class=\"Log\"> has both match and notmatch; keep one",
            "conf/pipeline.xml:17: onMailetException of <mailet class=\"Log\">: 'keep going' is not"
                + " a processor name; write ignore, propagate or the state of a processor",
            "conf/pipeline.xml:18: the parameter <message> of 'Log' holds an element; a parameter"
                + " is text; write &lt; for <");
  }

  @Test
  void matchersMadeOfOthers() {
    assertThat(
            problems(
                "<matcher name=\"big\" match=\"And\">",
                "  <matcher match=\"SizeGreaterThan=10m\"/>",
                "  <matcher match=\"Not\"><matcher match=\"SenderIsAuthenticated\"/></matcher>",
                "</matcher>",
                "<matcher name=\"big\" match=\"All\"/>",
                "<matcher match=\"All\"/>",
                "<matcher name=\"none\" match=\"Or\"/>",
                "<matcher name=\"odd\" match=\"And\"><mailet class=\"Null\"/></matcher>",
                "<mailet match=\"bigg\" class=\"Hold\"/>"))
        .containsExactly(
            "conf/pipeline.xml:8: a second matcher has the name 'big', first in line 4; give it"
                + " another name",
            "conf/pipeline.xml:9: a matcher of a processor has no name; add name=\"…\" to <matcher"
                + " match=\"All\">",
            "conf/pipeline.xml:10: the matcher 'Or': 'matcher' needs at least one value",
            "conf/pipeline.xml:11: unknown element <mailet> in <matcher name=\"odd\">; known here:"
                + " matcher",
            "conf/pipeline.xml:12: unknown matcher 'bigg'; did you mean 'big'?");
  }

  @Test
  void namedAndInvertedMatchersMatch() {
    PipelineLoad load =
        workbench.load(
            inRoot(
                "<mailet notmatch=\"known\" class=\"Null\"/>",
                "<matcher name=\"known\" match=\"Or\">",
                "  <matcher match=\"RecipientIsLocal\"/>",
                "  <matcher match=\"HostIs=friends.test\"/>",
                "</matcher>"));
    Pipeline pipeline = ((PipelineLoad.Loaded) load).pipeline();
    Mail mail =
        MailBuilder.aMail().to("bob@example.test", "x@friends.test", "y@strangers.test").build();
    assertThat(pipeline.processor("root").orElseThrow().entries().getFirst().matcher().match(mail))
        .extracting(Object::toString)
        .containsExactly("y@strangers.test");
  }

  @Test
  void processorsAroundTheEntries() {
    assertThat(
            workbench.problems(
                "<pipeline version=\"2\">",
                "<processors>",
                "<processor state=\"root\"><mailet match=\"All\" class=\"Hold\"/></processor>",
                "<processor state=\"root\"><mailet match=\"All\" class=\"Hold\"/></processor>",
                "<processor><mailet match=\"All\" class=\"Hold\"/></processor>",
                "<processor state=\"two words\"/>",
                "<proccessor state=\"x\"/>",
                "</processors>",
                "<spooler/>",
                "</pipeline>"))
        .containsExactly(
            "conf/pipeline.xml:1: unknown attribute 'version' of <pipeline>; remove it",
            "conf/pipeline.xml:4: a second processor has the state 'root', first in line 3; give"
                + " it another state, or join the two",
            "conf/pipeline.xml:5: a processor has no state; write <processor state=\"name\"> with"
                + " letters, digits, -, . and _",
            "conf/pipeline.xml:6: 'two words' is not a processor name; write <processor"
                + " state=\"name\"> with letters, digits, -, . and _",
            "conf/pipeline.xml:7: unknown element <proccessor> in <processors>; did you mean"
                + " 'processor'?",
            "conf/pipeline.xml:9: unknown element <spooler> in <pipeline>; known here: processors, test");
  }

  @Test
  void aParameterHasNoAttributes() {
    assertThat(
            problems("<mailet match=\"All\" class=\"Log\"><message to=\"x\">hi</message></mailet>"))
        .contains(
            "conf/pipeline.xml:4: the parameter <message> of 'Log' has an attribute 'to'; a"
                + " parameter is just text: <message>…</message>");
  }

  @Test
  void whatIsNotWellFormedIsToldWithWhereItBegan() {
    assertThat(problems("<mailet match=\"All\" class=\"Log\">"))
        .singleElement()
        .asString()
        .startsWith("conf/pipeline.xml:6: not well-formed XML: ")
        .endsWith("It is inside of <mailet>, which begins in line 4.");
  }

  @Test
  void aProcessorThatIsMissingIsToldOnceAndNotByEachTestToo() {
    assertThat(
            workbench.problems(
                "<pipeline>",
                "<processors>",
                "<processor state=\"root\">",
                "<mailet match=\"All\" class=\"ToProcessor\"><processor>eror</processor></mailet>",
                "</processor>",
                "<processor state=\"error\"><mailet match=\"All\" class=\"Hold\"/></processor>",
                "</processors>",
                "<test name=\"all is held\">",
                "<mail from=\"a@example.test\" to=\"b@example.test\"/>",
                "<expect fate=\"delivered\"/>",
                "</test>",
                "</pipeline>"))
        .singleElement()
        .asString()
        .contains("did you mean 'error'?");
  }

  @Test
  void whatThePlanOfProcessorsGetsWrongIsToldToo() {
    assertThat(
            problems(
                "<mailet match=\"RecipientIsLocal\" class=\"ToProcessor\">",
                "  <processor>locl</processor>",
                "</mailet>",
                "<mailet match=\"All\" class=\"Log\" onMailetException=\"nowhere\"/>"))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("which does not exist"))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("conf/pipeline.xml:4: ToProcessor goes to processor 'locl'"),
            second ->
                assertThat(second)
                    .startsWith("conf/pipeline.xml:7: Log goes on a mailet exception"));
  }

  @Test
  void aPathWithoutAnEndIsRefused() {
    assertThat(
            workbench.problems(
                "<pipeline>",
                "<processors>",
                "<processor state=\"root\">",
                "<mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"/>",
                "</processor>",
                "<processor state=\"error\"><mailet match=\"All\" class=\"Hold\"/></processor>",
                "</processors>",
                "</pipeline>"))
        .singleElement()
        .asString()
        .startsWith("conf/pipeline.xml:3: mail can fall off the end of processor 'root'");
  }

  @Test
  void noProcessorsAtAll() {
    assertThat(workbench.problems("<pipeline/>"))
        .containsExactly(
            "conf/pipeline.xml:1: there is no processor; add <processors> with a <processor"
                + " state=\"root\">");
    assertThat(workbench.problems("<mailets/>"))
        .first()
        .isEqualTo("conf/pipeline.xml:1: the root element is <mailets>; it has to be <pipeline>");
  }
}
