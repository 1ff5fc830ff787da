package dev.postrider.mailet.filtering.milter;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A verdict is the same after it was written as text and read, as a replay does. */
class JudgedTextTest {

  private static final Agreement AGREEMENT = new Agreement(6, 0x1ff, 0x10_0000, Map.of());

  private final Mail mail = aMail().to("bob@example.test", "eve@example.test").build();
  private final JudgedText text = new JudgedText(mail);

  private Verdict again(Verdict verdict) {
    MilterClient.Judged judged = new MilterClient.Judged(verdict, AGREEMENT);
    MilterClient.Judged read = text.read(text.write(judged));
    assertThat(read.agreement()).isEqualTo(AGREEMENT);
    assertThat(text.write(read)).isEqualTo(text.write(judged));
    return read.verdict();
  }

  @Test
  void every_kind_of_change_comes_back() {
    List<Change> changes =
        List.of(
            new Change.AddHeader("X-A", " one two\r\n\tthree \u00e4"),
            new Change.InsertHeader(0, "X-B", ""),
            new Change.ChangeHeader(4_000_000_000L % Integer.MAX_VALUE, "Subject", "new"),
            new Change.AddRecipient("<new@example.test>", List.of()),
            new Change.AddRecipient("<new@example.test>", List.of("NOTIFY=NEVER", "ORCPT=x")),
            new Change.RemoveRecipient("<bob@example.test>"),
            new Change.ChangeSender("<>"),
            new Change.Quarantine("a virus"));
    Recipient eve = mail.recipients().getLast();
    Verdict.Pass pass =
        (Verdict.Pass)
            again(
                new Verdict.Pass(
                    new Changes(changes, Optional.of(new byte[] {0, -1, 13, 10})),
                    Map.of(eve, Status.permanent("5.1.1", "not she"))));
    assertThat(pass.changes().each()).isEqualTo(changes);
    assertThat(pass.changes().body())
        .hasValueSatisfying(body -> assertThat(body).containsExactly(0, -1, 13, 10));
    assertThat(pass.refused()).containsOnlyKeys(eve);
  }

  @Test
  void refusing_and_discarding_come_back() {
    Verdict refuse = new Verdict.Refuse(Status.temporary("4.7.1", "come again, 100 % sure"));
    assertThat(again(refuse)).isEqualTo(refuse);
    assertThat(again(new Verdict.Discard())).isEqualTo(new Verdict.Discard());
  }

  @Test
  void a_test_may_state_a_verdict_in_one_word_and_nonsense_is_refused() {
    assertThat(text.read("discard").verdict()).isEqualTo(new Verdict.Discard());
    assertThat(text.read("pass").verdict()).isEqualTo(new Verdict.Pass(Changes.NONE, Map.of()));
    assertThatThrownBy(() -> text.read("dance"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dance");
    assertThatThrownBy(() -> text.read("refuse 550")).isInstanceOf(IllegalArgumentException.class);
  }
}
