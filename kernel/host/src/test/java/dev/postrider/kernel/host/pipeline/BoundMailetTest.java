package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.testkit.MailBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundMailetTest {

  private static final Mail MAIL = MailBuilder.aMail().to("a@example.test").build();

  private static Outcome process(Mailet mailet, Action... does) {
    return new BoundMailet(mailet, Set.of(does)).process(MAIL);
  }

  @Test
  void whatIsSaidHappens() {
    Outcome refused = new Outcome.Refuse(Status.permanent("5.7.1", "no"));
    assertThat(process(mail -> refused, Action.REFUSE)).isEqualTo(refused);
    Outcome noted = Outcome.next(MAIL.withAttribute("score", "3"));
    assertThat(process(mail -> noted, Action.SET_ANY_ATTRIBUTE)).isEqualTo(noted);
    Outcome held = new Outcome.Hold("need not be said");
    assertThat(process(mail -> held)).isEqualTo(held);
  }

  @Test
  void whatIsNotSaidIsAFault() {
    assertThatThrownBy(
            () ->
                process(
                    mail ->
                        Outcome.next(
                            mail.withRecipients(
                                List.of(Recipient.of(EmailAddress.parse("x@elsewhere.test"))))),
                    Action.EDIT_BODY,
                    Action.REFUSE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "it wanted to change-recipients, which does=\"refuse, edit-body\" of its entry does not"
                + " name");
    assertThatThrownBy(
            () ->
                process(
                    mail ->
                        Outcome.next(
                            mail.withHeaders(all -> all.withLast(HeaderField.of("X-A", "b"))))))
        .hasMessageContaining("it wanted to add-headers, which does=\"\"");
  }
}
