package dev.postrider.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Actions;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionsTest {

  private static final String HEADER = "From: a@example.org\r\nSubject: x\r\n\r\n";
  private static final String BODY = "a line of text\r\n".repeat(5_000);
  private static final Mail MAIL = MailBuilder.aMail().message(message(HEADER + BODY)).build();

  private static Message message(String text) {
    return Message.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Set<Action> after(Mail mail) throws IOException {
    return Actions.of(MAIL, Outcome.next(mail));
  }

  @Test
  void nothingIsDoneToAMailThatIsPassedOnHeldOrDiscarded() throws IOException {
    assertThat(after(MAIL)).isEmpty();
    assertThat(Actions.of(MAIL, new Outcome.Hold("x"))).isEmpty();
    assertThat(Actions.of(MAIL, new Outcome.Discard("x"))).isEmpty();
    assertThat(Actions.of(MAIL, Outcome.done(new Effect.Deliver(MAIL, "INBOX")))).isEmpty();
  }

  @Test
  void aBodyCountsAsEditedWhereItsOctetsDiffer() throws IOException {
    assertThat(after(MAIL.withMessage(message(HEADER + BODY)))).isEmpty();
    assertThat(after(MAIL.withMessage(message(HEADER + BODY + "x"))))
        .containsExactly(Action.EDIT_BODY);
    String last = BODY.substring(0, BODY.length() - 3) + "T\r\n";
    assertThat(after(MAIL.withMessage(message(HEADER + last)))).containsExactly(Action.EDIT_BODY);
    assertThat(after(MAIL.withMessage(message("Subject: x\r\n\r\n" + BODY))))
        .containsExactly(Action.EDIT_HEADERS);
  }

  @Test
  void whatIsBeyondADeclarationIsNamedAndAVerdictCoversAttributes() throws IOException {
    Mail noted =
        MAIL.withAttribute("score", "1")
            .withHeaders(all -> all.withFirst(HeaderField.of("X-Score", "1")));
    Outcome outcome =
        new Outcome.Continue(
            noted, List.of(new Effect.Bounce(MAIL, Status.permanent("5.7.1", "no"))));
    assertThat(Actions.undeclared(Set.of(Action.SET_ANY_ATTRIBUTE), MAIL, outcome))
        .containsExactlyInAnyOrder(Action.ADD_HEADERS, Action.BOUNCE);
    assertThat(
            Actions.undeclared(
                Set.of(Action.SET_ATTRIBUTE, Action.ADD_HEADERS, Action.BOUNCE), MAIL, outcome))
        .isEmpty();
  }
}
