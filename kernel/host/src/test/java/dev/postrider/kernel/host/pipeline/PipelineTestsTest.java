package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.host.pipeline.tests.Coverage;
import dev.postrider.kernel.host.pipeline.tests.TestReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code <test>} elements run at every load, and one that fails refuses the pipeline. */
class PipelineTestsTest {

  private static final String[] PIPELINE = {
    "<pipeline>",
    "  <processors>",
    "    <processor state=\"message\">",
    "      <mailet match=\"SubjectContains=lottery\" class=\"Refuse\">",
    "        <text>No lotteries</text>",
    "      </mailet>",
    "    </processor>",
    "    <processor state=\"root\">",
    "      <matcher name=\"big news\" match=\"And\">",
    "        <matcher match=\"SubjectContains=news\"/>",
    "        <matcher match=\"SizeGreaterThan=1k\"/>",
    "      </matcher>",
    "      <mailet match=\"big news\" class=\"AddHeader\">",
    "        <name>X-News</name><value>big</value>",
    "      </mailet>",
    "      <mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"/>",
    "      <mailet match=\"All\" class=\"Refuse\"><status>5.7.1</status></mailet>",
    "    </processor>",
    "    <processor state=\"error\"><mailet match=\"All\" class=\"Hold\"/></processor>",
    "  </processors>",
  };

  @TempDir private Path home;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(home);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String[] with(String... tests) {
    List<String> lines = new ArrayList<>(Arrays.asList(PIPELINE));
    lines.addAll(Arrays.asList(tests));
    lines.add("</pipeline>");
    return lines.toArray(String[]::new);
  }

  @Test
  void tests_that_hold_let_the_pipeline_be_used() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"a lottery\">",
                    "  <local>example.test</local>",
                    "  <mail from=\"a@b.example\" to=\"bob@example.test, eve@example.test\">",
                    "    <header name=\"Subject\">The lottery</header>",
                    "  </mail>",
                    "  <expect fate=\"refused\" text=\"No lotteries\" path=\"message\"/>",
                    "</test>",
                    "<test name=\"one here and one elsewhere\">",
                    "  <local>bob@example.test</local>",
                    "  <mail from=\"\" to=\"bob@example.test, eve@elsewhere.example\"/>",
                    "  <expect to=\"bob@example.test\" fate=\"delivered\" folder=\"INBOX\">",
                    "    <noHeader name=\"X-News\"/>",
                    "  </expect>",
                    "  <expect to=\"eve@elsewhere.example\" fate=\"refused\" status=\"5.7\"/>",
                    "</test>")))
        .isEmpty();
  }

  @Test
  void a_test_that_does_not_hold_refuses_the_pipeline_and_says_what_happened() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"no news\">",
                    "  <local>example.test</local>",
                    "  <mail from=\"a@b.example\" to=\"bob@example.test\"/>",
                    "  <expect fate=\"discarded\"/>",
                    "</test>")))
        .containsExactly(
            "conf/pipeline.xml:24: test 'no news': expected: bob@example.test discarded; got: deliver"
                + " to INBOX of bob@example.test (by message → root);"
                + " mend the pipeline, or the test");
  }

  @Test
  void a_header_that_is_otherwise_than_expected_is_shown_as_it_is() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"fields\">",
                    "  <local>example.test</local>",
                    "  <mail from=\"a@b.example\" to=\"bob@example.test\">",
                    "    <header name=\"X-Colour\">red</header>",
                    "  </mail>",
                    "  <expect fate=\"delivered\">",
                    "    <header name=\"X-Colour\">blue</header>",
                    "    <header name=\"X-Shape\">round</header>",
                    "  </expect>",
                    "</test>")))
        .singleElement()
        .asString()
        .contains(
            "got: deliver to INBOX of bob@example.test, with X-Colour: red, without X-Shape (by");
  }

  @Test
  void mails_of_tests_are_not_in_the_log() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger("dev.postrider.mailet.standard");
    log.addHandler(handler);
    try {
      assertThat(
              bench.problems(
                  "<pipeline>",
                  "<processors>",
                  "<processor state=\"root\">",
                  "  <mailet match=\"All\" class=\"Log\"/>",
                  "  <mailet match=\"All\" class=\"Hold\"/>",
                  "</processor>",
                  "<processor state=\"error\"><mailet match=\"All\" class=\"Hold\"/></processor>",
                  "</processors>",
                  "<test name=\"held\">",
                  "  <mail from=\"a@b.example\" to=\"bob@example.test\"/>",
                  "  <expect fate=\"held\"/>",
                  "</test>",
                  "</pipeline>"))
          .isEmpty();
    } finally {
      log.removeHandler(handler);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void an_address_for_which_nothing_was_decided_is_told_with_those_for_which_it_was() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"another\">",
                    "  <local>example.test</local>",
                    "  <mail from=\"a@b.example\" to=\"bob@example.test\"/>",
                    "  <expect to=\"eve@example.test\" fate=\"delivered\"/>",
                    "</test>")))
        .singleElement()
        .asString()
        .contains(
            "expected: eve@example.test delivered; got: nothing was decided for that address, only"
                + " for bob@example.test");
  }

  @Test
  void what_is_known_of_an_element_stays_known_where_something_else_in_it_is_wrong() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"broken\">",
                    "  <mail from=\"\" to=\"\" client=\"192.0.2.1\" helo=\"x\"/>",
                    "  <expect fate=\"deliverd\" folder=\"INBOX\" path=\"root\"/>",
                    "</test>")))
        .containsExactly(
            "conf/pipeline.xml:22: the mail has no recipient; add to=\"…\"",
            "conf/pipeline.xml:23: fate 'deliverd' of <expect> is not known; did you mean"
                + " 'delivered'?");
  }

  @Test
  void what_is_wrong_with_a_test_itself_is_named_with_its_line() {
    assertThat(
            bench.problems(
                with(
                    "<test name=\"broken\">",
                    "  <mail to=\"bob\"/>",
                    "  <expect fate=\"deliverd\"/>",
                    "  <dns name=\"a.example\" mx=\"mail.a.example\"/>",
                    "</test>")))
        .anyMatch(line -> line.startsWith("conf/pipeline.xml:22: attribute 'to' of <mail>"))
        .anyMatch(line -> line.startsWith("conf/pipeline.xml:22: the mail has no sender"))
        .anyMatch(line -> line.contains(":23: ") && line.contains("did you mean 'delivered'?"))
        .anyMatch(line -> line.contains(":24: ") && line.contains("10 mail.example.org"));
  }

  @Test
  void coverage_shows_the_sides_that_no_test_takes() {
    PipelineLoad load =
        bench.load(
            with(
                "<test name=\"small news\">",
                "  <local>example.test</local>",
                "  <mail from=\"a@b.example\" to=\"bob@example.test\">",
                "    <header name=\"Subject\">news</header>",
                "  </mail>",
                "  <expect fate=\"delivered\"/>",
                "</test>"));
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    TestReport tests = load.tests();
    assertThat(tests.results()).hasSize(1);
    assertThat(tests.coverage().open())
        .extracting(Coverage.Branch::toString)
        .containsExactly(
            "conf/pipeline.xml:4  message  match=\"SubjectContains=lottery\" class=\"Refuse\":"
                + " never matched",
            "conf/pipeline.xml:13  root  match=\"big news\" class=\"AddHeader\": never matched",
            "conf/pipeline.xml:13  root  SubjectContains=news in line 10: always matched",
            "conf/pipeline.xml:13  root  SizeGreaterThan=1k in line 11: never matched",
            "conf/pipeline.xml:16  root  match=\"RecipientIsLocal\" class=\"LocalDelivery\":"
                + " always matched",
            "conf/pipeline.xml:17  root  match=\"All\" class=\"Refuse\": never matched",
            "conf/pipeline.xml:19  error  match=\"All\" class=\"Hold\": never matched");
  }

  @Test
  void the_tests_of_200_entries_run_in_under_two_seconds() {
    List<String> lines =
        new ArrayList<>(List.of("<pipeline><processors><processor state=\"root\">"));
    for (int i = 0; i < 198; i++) {
      lines.add(
          ("<mailet match=\"SubjectContains=word%d.\" class=\"AddHeader\"><name>X-W%d</name>"
                  + "<value>yes</value></mailet>")
              .formatted(i, i));
    }
    lines.add("<mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"/>");
    lines.add("<mailet match=\"All\" class=\"Refuse\"/></processor>");
    lines.add("<processor state=\"error\"><mailet class=\"Hold\"/></processor></processors>");
    for (int i = 0; i < 50; i++) {
      lines.add(
          ("<test name=\"%d\"><local>bob@example.test</local>"
                  + "<mail from=\"a@b.example\" to=\"bob@example.test, eve@elsewhere.example\">"
                  + "<header name=\"Subject\">word%d.</header></mail>"
                  + "<expect to=\"bob@example.test\" fate=\"delivered\">"
                  + "<header name=\"X-W%d\">yes</header></expect>"
                  + "<expect to=\"eve@elsewhere.example\" fate=\"refused\"/></test>")
              .formatted(i, i, i));
    }
    lines.add("</pipeline>");
    PipelineLoad load = bench.load(lines.toArray(String[]::new));
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    assertThat(load.tests().results()).hasSize(50);
    Duration all =
        load.tests().results().stream()
            .map(TestReport.Result::took)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isLessThan(Duration.ofSeconds(2));
  }
}
