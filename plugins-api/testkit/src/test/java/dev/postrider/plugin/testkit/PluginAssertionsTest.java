package dev.postrider.plugin.testkit;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMatcher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.Terminal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginAssertionsTest {

  private static final Mailet TAG =
      mail ->
          Outcome.next(mail.withHeaders(headers -> headers.withFirst(HeaderField.of("X", "y"))));

  @Test
  void aContinuedMailIsLookedInto() {
    assertThatMailet(TAG).given(aMail()).continues().withHeader("X", "y").withoutHeader("Z");
    assertThatThrownBy(() -> assertThatMailet(TAG).given(aMail()).continues().withHeader("X", "z"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[y]");
    assertThatThrownBy(() -> assertThatMailet(TAG).given(aMail()).continuesUnchanged())
        .isInstanceOf(AssertionError.class);
    assertThatMailet(Outcome::next).given(aMail()).continuesUnchanged();
  }

  @Test
  void theWrongKindOfOutcomeFails() {
    assertThatThrownBy(() -> assertThatMailet(TAG).given(aMail()).refuses("550"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Refuse");
    assertThatMailet(_ -> new Outcome.Refuse(Status.permanent("5.7.1", "no")))
        .given(aMail())
        .refuses("550 5.7.1");
  }

  @Test
  void effectsAreNamed() {
    assertThatMailet(mail -> Outcome.done(new Effect.Relay(mail, new Route.Direct())))
        .given(aMail().to("carol@example.net"))
        .relays(new Route.Direct())
        .withRecipients("carol@example.net");
  }

  @Test
  void aTerminalMailetThatContinuesIsCaught() {
    assertThatThrownBy(() -> assertThatMailet(new Leaky()).given(aMail()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("@Terminal");
  }

  @Test
  void aMailetThatDoesMoreThanItDeclaresIsCaught() {
    assertThatThrownBy(() -> assertThatMailet(new Modest()).given(aMail()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("EDIT_HEADERS");
    assertThatMailet(new Modest()).given(aMail().bareHeader()).continues();
  }

  @Test
  void aMatcherThatInventsRecipientsIsCaught() {
    Recipient stranger = Recipient.of(EmailAddress.parse("mallory@example.net"));
    assertThatThrownBy(() -> assertThatMatcher(_ -> Set.of(stranger)).given(aMail()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mallory");
    assertThatMatcher(Mail::all).given(aMail()).matches("bob@example.test");
  }

  @Test
  void beforeTheMessageAMailHasStandIns() {
    Mail mail = aMail().atConnect();
    assertThat(mail.stage()).isEqualTo(Stage.CONNECT);
    assertThat(mail.recipients()).containsExactly(Recipient.ANYONE);
    assertThat(mail.message().size()).isZero();
  }

  @Test
  void theDefaultMessageIsWellFormed() {
    assertThat(new MailAssert(aMail().subject("Grüße").body("a\nb\n").build()).messageText())
        .startsWith("From: alice@example.org\r\nTo: bob@example.test\r\nDate: ")
        .contains("Subject: =?UTF-8?B?")
        .endsWith("\r\n\r\na\r\nb\r\n");
  }

  @Terminal
  private static final class Leaky implements Mailet {
    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  @Does(Action.ADD_HEADERS)
  private static final class Modest implements Mailet {
    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(
          mail.withHeaders(_ -> new Headers(List.of(HeaderField.of("X-Only", "this")))));
    }
  }
}
