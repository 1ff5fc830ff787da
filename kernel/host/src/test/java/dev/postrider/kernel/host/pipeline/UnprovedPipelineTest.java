package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can't be proved is said, and what the file says of a mailet counts. */
class UnprovedPipelineTest extends Proving {

  @Test
  void whatAMatcherDoesNotSayIsANotice() {
    String[] lines = lines("<mailet match='Oracle' class='RemoteDelivery'/>\n" + HOLD);
    assertThat(workbench.problems(lines)).isEmpty();
    assertThat(workbench.notices(lines))
        .containsExactly(
            "conf/pipeline.xml:2: it can't be proved that 'RemoteDelivery' relays for no stranger:"
                + " root → match=\"Oracle\" class=\"RemoteDelivery\" (conf/pipeline.xml:2), if"
                + " 'Oracle' matches"
                + "; see it with: "
                + COMMAND);
  }

  @Test
  void aMatcherThatSaysNothingIsNoFigLeafForAnOpenRelay() {
    assertThat(workbench.problems(lines("<mailet match='Oracle' class='Hold'/>\n" + RELAY)))
        .singleElement()
        .asString()
        .contains("relays for strangers", "if 'Oracle' does not match");
  }

  @Test
  void whatAMailetDoesNotSayIsANotice() {
    String[] lines =
        lines("<mailet match='All' class='Mystery'/>\n<mailet class='Mystery'/>\n" + HOLD);
    assertThat(workbench.problems(lines)).isEmpty();
    assertThat(workbench.notices(lines))
        .containsExactly(
            "conf/pipeline.xml:2: nothing is proved of what 'Mystery' does to a mail: its author"
                + " does not say (@Does); read its documentation for whether it relays, answers, or"
                + " changes sender, recipients or body, and say it with does=\"…\"");
  }

  @Test
  void whatTheFileSaysOfAMailetCountsLikeTheWordOfItsAuthor() {
    String[] silent =
        lines(
            "<mailet class='Mystery' does=''/>\n"
                + "<mailet match='HasMailAttribute=trusted' class='RemoteDelivery'/>\n"
                + HOLD);
    assertThat(workbench.problems(silent)).isEmpty();
    assertThat(workbench.notices(silent)).isEmpty();
    String[] signed =
        lines(
            "<mailet class='Sign'/>\n<mailet class='Mystery' does='Edit-Body, refuse'/>\n" + HOLD);
    assertThat(workbench.problems(signed))
        .singleElement()
        .asString()
        .contains("'Mystery' changes a body that 'Sign' (conf/pipeline.xml:2) has signed");
  }

  @Test
  void aWordThatIsNoneAndAWordBesideTheAuthorsAreProblems() {
    assertThat(
            workbench.problems(
                lines(
                    "<mailet class='Mystery' does='edit-boddy, set-attribute'/>\n"
                        + "<mailet class='Sign' does='sign'/>\n"
                        + HOLD)))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("conf/pipeline.xml:2: does of <mailet class=\"Mystery\">")
                    .contains("'edit-boddy' is nothing that a mailet may do")
                    .contains("edit-body"),
            second -> assertThat(second).contains("'set-attribute' is nothing"),
            third ->
                assertThat(third)
                    .startsWith(
                        "conf/pipeline.xml:3: 'Sign' declares itself what it does (@Does)"));
  }

  @Test
  void afterAMailetThatSaysNothingANoteProvesNothing() {
    String[] lines =
        lines(
            "<mailet match='All' class='Mystery'/>\n"
                + "<mailet match='HasMailAttribute=trusted' class='RemoteDelivery'/>\n"
                + HOLD);
    assertThat(workbench.problems(lines)).isEmpty();
    assertThat(workbench.notices(lines))
        .hasSize(2)
        .anySatisfy(notice -> assertThat(notice).contains("if 'HasMailAttribute=trusted' matches"));
  }

  @Test
  void noAttributeIsKnownAfterAVerdict() {
    String relay = "<mailet match='HasMailAttribute=trusted' class='RemoteDelivery'/>\n" + HOLD;
    assertThat(workbench.notices(lines(relay))).isEmpty();
    String[] judged = lines("<mailet match='All' class='Judge'/>\n" + relay);
    assertThat(workbench.problems(judged)).isEmpty();
    assertThat(workbench.notices(judged))
        .singleElement()
        .satisfies(notice -> assertThat(notice).contains("if 'HasMailAttribute=trusted' matches"));
  }

  @Test
  void aHeaderThatIsEditedAfterSigningIsANotice() {
    String[] lines =
        lines("<mailet match='All' class='Sign'/>\n<mailet match='All' class='Tidy'/>\n" + HOLD);
    assertThat(workbench.problems(lines)).isEmpty();
    assertThat(workbench.notices(lines))
        .containsExactly(
            "conf/pipeline.xml:3: 'Tidy' may change a header field that 'Sign'"
                + " (conf/pipeline.xml:2) has signed: root → match=\"All\" class=\"Tidy\""
                + " (conf/pipeline.xml:3); sign after it, unless the field is not signed");
  }

  @Test
  void aCircleThatSomeMailMayTakeIsANotice() {
    String[] lines =
        lines(
            "<mailet match='HasHeader=X' "
                + to("again")
                + "\n"
                + HOLD
                + "\n#again\n<mailet match='HasHeader=Y' "
                + to("root")
                + "\n"
                + HOLD);
    assertThat(workbench.problems(lines)).isEmpty();
    assertThat(workbench.notices(lines))
        .isEqualTo(
            List.of(
                "conf/pipeline.xml:2: mail may go round in a circle: root →"
                    + " match=\"HasHeader=X\" class=\"ToProcessor\" (conf/pipeline.xml:2) → again →"
                    + " match=\"HasHeader=Y\" class=\"ToProcessor\" (conf/pipeline.xml:5) → root;"
                    + " it is held when it went to another processor more than 30 times"));
  }

  @Test
  void aLargePipelineIsProvedInTime() {
    StringBuilder entries = new StringBuilder();
    for (int processor = 0; processor < 20; processor++) {
      String name = "p" + (char) ('a' + processor);
      entries.append("#").append(name).append("\n");
      for (int i = 0; i < 10; i++) {
        entries
            .append("<mailet match='SubjectContains=")
            .append(i % 5 == 0 ? "same" + processor : "word" + processor + "-" + i)
            .append("' class='SetMailAttribute'><name>")
            .append("seen" + i % 3)
            .append("</name></mailet>\n");
      }
      entries
          .append("<mailet match='All' ")
          .append(to("p" + (char) ('b' + processor)))
          .append('\n');
    }
    entries.append("#pu\n<mailet match='SenderIsAuthenticated' class='RemoteDelivery'/>\n" + HOLD);
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    PipelineLoad load = workbench.load(lines("<mailet match='All' " + to("pa") + "\n" + entries));
    long millis =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1_000_000;
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    assertThat(load.notices()).isEmpty();
    assertThat(millis).as("ms to load and prove 200 entries").isLessThan(2_000);
  }
}
