package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store does with octets. */
public interface ContentContract extends StoreUnderTest {

  @Test
  default void whereContentIsTakenThereIsRoom() {
    long before = store().room();
    commit(Samples.append(Samples.ALICE, "octets"));

    assertThat(before).isPositive();
    assertThat(store().room()).isPositive();
  }

  @Test
  default void aDraftIsWrittenFinishedAndReadFromAnyOffset() throws IOException {
    try (ContentDraft draft = store().draft()) {
      byte[] reused = "Hello, ".getBytes(StandardCharsets.US_ASCII);
      draft.write(reused, 0, 7);
      System.arraycopy("..world".getBytes(StandardCharsets.US_ASCII), 0, reused, 0, 7);
      draft.write(reused, 2, 5);
      draft.finish();
      draft.finish();

      assertThat(draft.size()).isEqualTo(12);
      assertThat(draft.open().readAllBytes()).asString().isEqualTo("Hello, world");
      assertThat(draft.open(7).readAllBytes()).asString().isEqualTo("world");
      assertThat(draft.open(12).readAllBytes()).isEmpty();
    }
  }

  @Test
  default void largeContentComesBackOctetForOctet() throws IOException {
    byte[] octets = new byte[3_000_001];
    new Random(42).nextBytes(octets);
    try (ContentDraft draft = store().draft()) {
      for (int at = 0; at < octets.length; at += 8192) {
        draft.write(octets, at, Math.min(8192, octets.length - at));
      }
      draft.finish();
      assertThat(draft.open(2_000_000).readAllBytes())
          .isEqualTo(Arrays.copyOfRange(octets, 2_000_000, octets.length));
      commit(
          Samples.append(
              MailboxName.inbox(Samples.ALICE), new NewMessage.Fresh("Head: 1\r\n", draft, 1)));
    }

    StoredMessage message = Samples.inbox(store(), Samples.ALICE).getFirst().message();

    assertThat(message.size()).isEqualTo(9 + 3_000_000);
    try (InputStream in = store().open(message).open(9)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(octets, 1, octets.length));
    }
    try (InputStream in = store().open(message).open(9 + 2_999_999)) {
      assertThat(in.readAllBytes()).containsExactly(octets[3_000_000]);
    }
  }

  @Test
  default void headAndContentReadAsOneFromEveryOffset() throws IOException {
    Content content = Content.of("old header\r\nbody é".getBytes(StandardCharsets.ISO_8859_1));
    commit(
        Samples.append(
            MailboxName.inbox(Samples.ALICE), new NewMessage.Fresh("new: ü\r\n", content, 10)));
    StoredMessage message = Samples.inbox(store(), Samples.ALICE).getFirst().message();
    String expected = "new: ü\r\n\r\nbody é";

    assertThat(message.size()).isEqualTo(expected.length());
    for (int offset = 0; offset <= expected.length(); offset++) {
      try (InputStream in = store().open(message).open(offset)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .isEqualTo(expected.substring(offset));
      }
    }
  }

  @Test
  default void changesWithTheSameContentObjectShareOneCopy() {
    Content content = Content.of("shared".getBytes(StandardCharsets.US_ASCII));
    commit(
        Samples.append(MailboxName.inbox(Samples.ALICE), new NewMessage.Fresh("a", content, 0)),
        Samples.append(MailboxName.inbox(Samples.BOB), new NewMessage.Fresh("b", content, 1)));

    StoredMessage alices = Samples.inbox(store(), Samples.ALICE).getFirst().message();
    StoredMessage bobs = Samples.inbox(store(), Samples.BOB).getFirst().message();

    assertThat(alices.content()).isEqualTo(bobs.content());
    assertThat(Samples.text(store(), alices)).isEqualTo("ashared");
    assertThat(Samples.text(store(), bobs)).isEqualTo("bhared");
  }

  @Test
  default void contentStaysUntilItsLastEntryGoes() {
    commit(Samples.spool("s", Samples.NOON, "octets"));
    StoredMessage spooled = store().spool().entry("s").orElseThrow().message();
    commit(
        new Change.Unspool("s"),
        Samples.append(
            MailboxName.inbox(Samples.ALICE), Samples.kept(spooled.withPrefix("X: 1\r\n"))));
    StoredMessage delivered = Samples.inbox(store(), Samples.ALICE).getFirst().message();
    assertThat(Samples.text(store(), delivered)).isEqualTo("X: 1\r\noctets");

    commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L)));

    assertThatThrownBy(() -> store().open(delivered).open()).isInstanceOf(IOException.class);
    assertThat(
            store()
                .commit(
                    Batch.of(
                        Samples.append(MailboxName.inbox(Samples.BOB), Samples.kept(delivered)))))
        .isInstanceOf(CommitResult.Conflict.class);
  }

  @Test
  default void anOpenStreamGoesOnAfterTheLastEntryWent() throws IOException {
    byte[] octets = new byte[1_000_000];
    new Random(7).nextBytes(octets);
    commit(
        Samples.append(
            MailboxName.inbox(Samples.ALICE), new NewMessage.Fresh("", Content.of(octets), 0)));
    StoredMessage message = Samples.inbox(store(), Samples.ALICE).getFirst().message();

    try (InputStream in = store().open(message).open()) {
      byte[] first = in.readNBytes(10);
      commit(new Change.Expunge(MailboxName.inbox(Samples.ALICE), Set.of(1L)));
      byte[] rest = in.readAllBytes();

      assertThat(first).isEqualTo(Arrays.copyOf(octets, 10));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(octets, 10, octets.length));
    }
  }

  @Test
  default void contentThatCanNotBeReadFailsTheBatchAlone() {
    Content broken =
        new Content() {
          @Override
          public long size() {
            return 10;
          }

          @Override
          public InputStream open(long offset) throws IOException {
            throw new IOException("the disk is on fire");
          }
        };

    assertThat(
            store()
                .commit(
                    Batch.of(
                        Samples.append(
                            MailboxName.inbox(Samples.ALICE),
                            new NewMessage.Fresh("", broken, 0)))))
        .isInstanceOf(CommitResult.Failed.class);
    assertThat(Samples.inbox(store(), Samples.ALICE)).isEmpty();
    commit(Samples.append(Samples.ALICE, "fine"));
  }
}
