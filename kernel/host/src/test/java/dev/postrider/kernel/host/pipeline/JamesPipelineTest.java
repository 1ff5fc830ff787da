package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.ProcessorName;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mailetcontainer.xml in the form of Apache James is read as it is. */
class JamesPipelineTest {

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

  private PipelineLoad sample() {
    return workbench.load(
        "<?xml version=\"1.0\"?>", // 1
        "<mailetcontainer enableJmx=\"true\">",
        "  <context>",
        "    <postmaster>postmaster@example.test</postmaster>",
        "  </context>",
        "  <spooler>",
        "    <threads>20</threads>",
        "  </spooler>",
        "  <mailetpackages><mailetpackage>org.apache.james.mailets</mailetpackage></mailetpackages>",
        "  <processors>", // 10
        "    <processor state=\"root\" enableJmx=\"true\">",
        "      <mailet match=\"RelayLimit=30\" class=\"Null\"/>",
        "      <mailet match=\"All\" class=\"ToProcessor\">",
        "        <processor>transport</processor>",
        "      </mailet>",
        "    </processor>",
        "    <processor state=\"error\" enableJmx=\"true\">",
        "      <mailet match=\"All\" class=\"Bounce\" onMailetException=\"ignore\">",
        "        <attachment>none</attachment>",
        "      </mailet>", // 20
        "      <mailet match=\"All\" class=\"Hold\"/>",
        "    </processor>",
        "    <processor state=\"transport\" enableJmx=\"true\">",
        "      <matcher name=\"relay-allowed\" match=\"org.apache.james.mailetcontainer.impl.matchers.Or\">",
        "        <matcher match=\"SMTPAuthSuccessful\"/>",
        "        <matcher match=\"org.apache.james.jmap.mailet.SenderIsAuthenticated\"/>",
        "      </matcher>",
        "      <mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"/>",
        "      <mailet match=\"relay-allowed\" class=\"RemoteDelivery\">",
        "        <outgoingQueue>outgoing</outgoingQueue>", // 30
        "        <delayTime>5000, 100000, 500000</delayTime>",
        "        <maxRetries>3</maxRetries>",
        "        <gateway>smtp.example.net</gateway>",
        "        <onMatchException>nomatch</onMatchException>",
        "      </mailet>",
        "      <mailet match=\"All\" class=\"org.apache.james.transport.mailets.Null\"/>",
        "    </processor>",
        "  </processors>",
        "</mailetcontainer>");
  }

  @Test
  void isAcceptedAndWhatDiffersIsToldLineByLine() {
    PipelineLoad load = sample();
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    assertThat(load.notices())
        .extracting(Object::toString)
        .containsExactly(
            "conf/pipeline.xml:2: attribute 'enableJmx' of <mailetcontainer> is ignored",
            "conf/pipeline.xml:3: <context> is ignored; the postmaster is an alias of the"
                + " directory, the host name is in conf/postrider.xml",
            "conf/pipeline.xml:6: <spooler> is ignored; deadlines are in conf/postrider.xml",
            "conf/pipeline.xml:9: <mailetpackages> is ignored; plugins name their classes"
                + " themselves",
            "conf/pipeline.xml:11: attribute 'enableJmx' of <processor state=\"root\"> is ignored",
            "conf/pipeline.xml:17: attribute 'enableJmx' of <processor state=\"error\"> is ignored",
            "conf/pipeline.xml:19: the parameter <attachment> of 'Bounce' is ignored; reports are"
                + " written by the server (RFC 3464)",
            "conf/pipeline.xml:23: attribute 'enableJmx' of <processor state=\"transport\"> is"
                + " ignored",
            "conf/pipeline.xml:30: the parameter <outgoingQueue> of 'RemoteDelivery' is ignored;"
                + " there is one queue",
            "conf/pipeline.xml:31: the parameter <delayTime> of 'RemoteDelivery' is ignored; set it"
                + " in <outbound> of conf/postrider.xml",
            "conf/pipeline.xml:32: the parameter <maxRetries> of 'RemoteDelivery' is ignored; set it"
                + " in <outbound> of conf/postrider.xml");
  }

  @Test
  void entriesKeepTheirPlaceTextAndRules() {
    Pipeline pipeline = ((PipelineLoad.Loaded) sample()).pipeline();
    Entry remote = pipeline.processor("transport").orElseThrow().entries().get(1);
    assertThat(remote.place()).hasToString("conf/pipeline.xml:29");
    assertThat(remote).hasToString("match=\"relay-allowed\" class=\"RemoteDelivery\"");
    assertThat(remote.onMatchException()).isEqualTo(new OnException.Skip());
    assertThat(remote.onMailetException()).isEqualTo(OnException.standard());
    assertThat(remote.terminal()).isTrue();
    assertThat(remote.matchesEverything()).isFalse();
    Entry jump = pipeline.processor("root").orElseThrow().entries().get(1);
    assertThat(jump.targets()).containsExactly(new ProcessorName("transport"));
    assertThat(jump.matchesEverything()).isTrue();
    assertThat(pipeline.processor("error").orElseThrow().entries().getFirst().onMailetException())
        .isEqualTo(new OnException.Skip());
  }

  @Test
  void aMailetThatIsNotThereIsAProblemAtItsLine() {
    assertThat(
            workbench.problems(
                "<mailetcontainer>",
                "<processors>",
                "<processor state=\"root\">",
                "<mailet match=\"All\" class=\"PostmasterAlias\"/>",
                "<mailet match=\"All\" class=\"Hold\"/>",
                "</processor>",
                "<processor state=\"error\"><mailet class=\"Hold\"/></processor>",
                "</processors>",
                "</mailetcontainer>"))
        .containsExactly(
            "conf/pipeline.xml:4: unknown mailet 'PostmasterAlias'; 'postrider plugin list' shows"
                + " what there is");
  }
}
