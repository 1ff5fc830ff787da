package dev.postrider.mailet.standard;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalMailetsTest {

  private static final Optional<String> NONE = Optional.empty();

  @Test
  void localDeliveryNamesTheFolderAndKeepsAllRecipients() {
    assertThatMailet(new LocalDelivery("Lists/dev"))
        .given(aMail().to("bob@example.test", "carol@example.test"))
        .delivers("Lists/dev")
        .withRecipients("bob@example.test", "carol@example.test");
    for (String none : new String[] {" ", "a//b", "/a", "../a", "a\nb", "x".repeat(256)}) {
      assertThatThrownBy(() -> new LocalDelivery(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void remoteDeliveryGoesDirectlyWithoutAGateway() {
    assertThatMailet(new RemoteDelivery(NONE, 25, NONE, NONE, false))
        .given(aMail())
        .relays(new Route.Direct());
  }

  @Test
  void aGatewayWithALoginIsOnlySpokenToOverTls() {
    RemoteDelivery mailet =
        new RemoteDelivery(
            Optional.of(" Smart.Example.NET "),
            587,
            Optional.of("user"),
            Optional.of("secret"),
            false);
    assertThatMailet(mailet)
        .given(aMail())
        .relays(
            new Route.SmartHost(
                "smart.example.net",
                587,
                Optional.of(new Route.Credentials("user", "secret")),
                true));
  }

  @Test
  void aGatewayMayBeAnIpv6Address() {
    assertThatMailet(new RemoteDelivery(Optional.of("2001:db8::7"), 25, NONE, NONE, false))
        .given(aMail())
        .relays(new Route.SmartHost("2001:db8:0:0:0:0:0:7", 25, Optional.empty(), false));
  }

  @Test
  void gatewayParametersThatMakeNoSenseAreRefusedWithTheirNames() {
    assertThatThrownBy(() -> new RemoteDelivery(NONE, 25, Optional.of("user"), NONE, false))
        .hasMessageContaining("gatewayPassword");
    assertThatThrownBy(() -> new RemoteDelivery(NONE, 25, NONE, NONE, true))
        .hasMessageContaining("gateway");
    assertThatThrownBy(() -> new RemoteDelivery(Optional.of("a.net,b.net"), 25, NONE, NONE, false))
        .hasMessageContaining("one host");
    assertThatThrownBy(() -> new RemoteDelivery(Optional.of("a.net"), 0, NONE, NONE, false))
        .hasMessageContaining("port");
  }

  @Test
  void bounceTakesItsTextOrTheNoticeOrADefault() {
    EnhancedStatus status = EnhancedStatus.parse("5.1.1");
    assertThatMailet(new Bounce(Optional.of("No such\n  user"), status))
        .given(aMail())
        .bounces("5.1.1")
        .withRecipients("bob@example.test");
    assertThat(
            assertThatMailet(new Bounce(NONE, status))
                .given(aMail().attribute(Notice.ATTRIBUTE, "closed"))
                .effects()
                .toString())
        .contains("550 5.1.1 closed");
    assertThatThrownBy(() -> new Bounce(NONE, EnhancedStatus.parse("4.0.0")))
        .hasMessageContaining("class 5");
  }

  @Test
  void toProcessorCollectsNotices() {
    ProcessorName spam = new ProcessorName("spam");
    assertThatMailet(new ToProcessor(spam, NONE))
        .given(aMail())
        .goesTo("spam")
        .withoutAttribute(Notice.ATTRIBUTE);
    assertThatMailet(new ToProcessor(spam, Optional.of("second")))
        .given(aMail().attribute(Notice.ATTRIBUTE, "first"))
        .goesTo("spam")
        .withAttribute(Notice.ATTRIBUTE, "first; second");
  }

  @Test
  void refuseChoosesTheStatusByTheCode() {
    assertThatMailet(new Refuse(550, Optional.empty(), NONE))
        .given(aMail().atRecipient())
        .refuses("550 5.7.1 Refused by policy");
    assertThatMailet(new Refuse(451, Optional.empty(), Optional.of("Later")))
        .given(aMail().atConnect())
        .refuses("451 4.7.1 Later");
    assertThatMailet(new Refuse(550, Optional.of(EnhancedStatus.parse("5.1.1")), NONE))
        .given(aMail().attribute(Notice.ATTRIBUTE, "Unknown user"))
        .refuses("550 5.1.1 Unknown user");
    assertThatThrownBy(() -> new Refuse(250, Optional.empty(), NONE)).hasMessageContaining("250");
    assertThatThrownBy(() -> new Refuse(451, Optional.of(EnhancedStatus.parse("5.1.1")), NONE))
        .hasMessageContaining("451");
  }

  @Test
  void aNoticeOfAnyLengthStillMakesAReply() {
    assertThatMailet(new Refuse(550, Optional.empty(), Optional.of("x y\r\n".repeat(1000))))
        .given(aMail())
        .refuses("550 5.7.1 x y x y");
  }

  @Test
  void holdDeferAndNullNameTheirReason() {
    assertThatMailet(new Hold("look at it")).given(aMail()).holds("look at it");
    assertThatMailet(new Defer("not yet")).given(aMail()).defers("not yet");
    assertThatMailet(new Null("spam")).given(aMail()).discards();
  }
}
