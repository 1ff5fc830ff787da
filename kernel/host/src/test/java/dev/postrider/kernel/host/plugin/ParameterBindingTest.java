package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.ProcessorName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParameterBindingTest extends BindingFixture {

  @Test
  void everyTypeIsReadFromText() {
    Everything made =
        (Everything)
            mailet(
                    "Everything",
                    "string= kept as it is ",
                    "int=-7",
                    "long=9000000000",
                    "flag=true",
                    "time=3d",
                    "kind=Failure",
                    "address=Bob+x@Example.TEST",
                    "size=25m",
                    "network=2001:db8::/32",
                    "status=5.7.1",
                    "names=a, b,,c",
                    "networks=192.0.2.0/24",
                    "networks=198.51.100.1, 203.0.113.0/24",
                    "maybe=10s")
                .orElseThrow()
                .instance();
    assertThat(told()).isEmpty();
    assertThat(made.string).isEqualTo(" kept as it is ");
    assertThat(made.number).isEqualTo(-7);
    assertThat(made.large).isEqualTo(9_000_000_000L);
    assertThat(made.flag).isTrue();
    assertThat(made.time).isEqualTo(Duration.ofDays(3));
    assertThat(made.kind).isEqualTo(Notify.FAILURE);
    assertThat(made.address).isEqualTo(EmailAddress.parse("Bob+x@example.test"));
    assertThat(made.size).isEqualTo(ByteSize.parse("25m"));
    assertThat(made.network).isEqualTo(Network.parse("2001:db8::/32"));
    assertThat(made.status).isEqualTo(EnhancedStatus.parse("5.7.1"));
    assertThat(made.names).containsExactly("a", "b", "c");
    assertThat(made.networks).hasSize(3);
    assertThat(made.maybe).contains(Duration.ofSeconds(10));
  }

  @Test
  void defaultsAndEmptyCollectionsStandInForWhatIsNotGiven() {
    Everything made =
        (Everything) mailet("Everything", "address=a@b.test").orElseThrow().instance();
    assertThat(told()).isEmpty();
    assertThat(made.string).isEqualTo("fallback");
    assertThat(made.names).containsExactly("x", "y");
    assertThat(made.networks).isEmpty();
    assertThat(made.maybe).isEmpty();
  }

  @Test
  void textThatCanNotBeReadIsTellsLineParameterAndReason() {
    assertThat(
            mailet(
                "Everything",
                "address=bob",
                "int=ten",
                "long=1e9",
                "flag=maybe",
                "time=soon",
                "kind=failur",
                "size=big",
                "network=intranet",
                "networks=192.0.2.0/24, home"))
        .isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:11: the parameter <address> of 'Everything': 'bob' is not"
                + " local-part@domain",
            "conf/pipeline.xml:12: the parameter <int> of 'Everything': 'ten' is not a whole"
                + " number",
            "conf/pipeline.xml:13: the parameter <long> of 'Everything': '1e9' is not a whole"
                + " number",
            "conf/pipeline.xml:14: the parameter <flag> of 'Everything': 'maybe' is not true or"
                + " false",
            "conf/pipeline.xml:15: the parameter <time> of 'Everything': 'soon' is not a time"
                + " like 500ms, 10s, 5m, 2h or 3d",
            "conf/pipeline.xml:16: the parameter <kind> of 'Everything': 'failur' is not known;"
                + " did you mean 'failure'?",
            "conf/pipeline.xml:17: the parameter <size> of 'Everything': 'big' is not a size like"
                + " 500k, 25m or 1g",
            "conf/pipeline.xml:18: the parameter <network> of 'Everything': 'intranet' is not a"
                + " network like 192.0.2.0/24 or 2001:db8::/32",
            "conf/pipeline.xml:19: the parameter <networks> of 'Everything': 'home' is not a"
                + " network like 192.0.2.0/24 or 2001:db8::/32");
  }

  @Test
  void unknownMissingAndRepeatedParameters() {
    assertThat(mailet("Needs", "processr=spam")).isEmpty();
    assertThat(mailet("Needs", "processor=spam", "processor=ham")).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the parameter <processor> of 'Needs' is missing; add"
                + " <processor>…</processor>: Where to go.",
            "conf/pipeline.xml:11: unknown parameter <processr> of 'Needs'; did you mean"
                + " 'processor'?",
            "conf/pipeline.xml:12: the parameter <processor> of 'Needs' is there twice; keep one");
  }

  @Test
  void processorsInParametersBecomeTargets() {
    assertThat(mailet("Needs", "processor=spam", "others=a, b", "fallback=c"))
        .hasValueSatisfying(
            made ->
                assertThat(made.targets())
                    .extracting(ProcessorName::name)
                    .containsExactly("spam", "a", "b", "c"));
  }
}
