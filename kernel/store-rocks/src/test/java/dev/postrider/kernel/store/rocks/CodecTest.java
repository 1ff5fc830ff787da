package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.AppPassword;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is written is read, for every kind of row; what is cut short is noticed. */
class CodecTest {

  private static final int ROWS = 100;

  @RepeatedTest(5)
  void rowsComeBackAsTheyWere(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteWriter out = new ByteWriter(4);
    for (int i = 0; i < ROWS; i++) {
      StoredMessage message = message(random);

      SpoolEntry spooled = spoolEntry(random, message);
      SpoolCodec.write(out.reset(), spooled, message);
      byte[] row = out.toBytes();
      assertThat(SpoolCodec.read(spooled.id(), row)).isEqualTo(spooled);
      assertThat(StoredCodec.id(StoredCodec.contentOf(row))).isEqualTo(message.content());
      byte[] cut = Arrays.copyOf(row, random.nextInt(row.length));
      assertThatThrownBy(() -> SpoolCodec.read("x", cut)).isInstanceOf(ByteReader.DamagedRow.class);

      QueueEntry queued = queueEntry(random, message);
      QueueCodec.write(out.reset(), queued, message);
      assertThat(QueueCodec.read(queued.id(), out.toBytes())).isEqualTo(queued);

      MailboxMessage stored =
          new MailboxMessage(i + 1, message, instant(random), Set.of("\\Seen", text(random)));
      MessageCodec.write(out.reset(), message, stored.arrivedAt(), stored.flags());
      assertThat(MessageCodec.read(i + 1, out.toBytes())).isEqualTo(stored);

      LedgerEntry fate =
          new LedgerEntry(
              instant(random),
              text(random),
              path(random),
              address(random),
              one(random, Fate.values()),
              text(random));
      LedgerCodec.write(out.reset(), fate);
      assertThat(LedgerCodec.read(out.toBytes())).isEqualTo(fate);

      Account account = new Account(address(random), text(random), random.nextBoolean());
      DirectoryCodec.write(out.reset(), account);
      assertThat(DirectoryCodec.account(out.toBytes())).isEqualTo(account);
      Account withApps =
          account.withAppPasswords(
              List.of(
                  new AppPassword(
                      text(random),
                      text(random),
                      text(random),
                      Set.of(AppPassword.Use.POP3),
                      Instant.ofEpochSecond(random.nextInt())),
                  new AppPassword(
                      "b", "m", "h", EnumSet.allOf(AppPassword.Use.class), Instant.EPOCH)));
      DirectoryCodec.write(out.reset(), withApps);
      assertThat(DirectoryCodec.account(out.toBytes())).isEqualTo(withApps);

      Alias alias = new Alias("@example.test", List.of(address(random), address(random)));
      DirectoryCodec.write(out.reset(), alias);
      assertThat(DirectoryCodec.alias(out.toBytes())).isEqualTo(alias);
    }
  }

  @Test
  void ledgerKeysSortAsInstantsDo() {
    Random random = new Random(3);
    List<Instant> instants = new ArrayList<>(List.of(Instant.MIN, Instant.EPOCH, Instant.MAX));
    for (int i = 0; i < 100; i++) {
      instants.add(instant(random).minusSeconds(random.nextLong(4_000_000_000L)));
    }
    List<Instant> byKey = new ArrayList<>(instants);
    byKey.sort(
        (a, b) ->
            Arrays.compareUnsigned(
                Keys.ledger(new ByteWriter(32), a, 1).toBytes(),
                Keys.ledger(new ByteWriter(32), b, 1).toBytes()));

    assertThat(byKey).isSorted();
  }

  @Test
  void aRowOfANewerVersionIsNotGuessedAt() {
    byte[] row = new ByteWriter(4).u8(9).varint(1).toBytes();

    assertThatThrownBy(() -> ContentRow.read(row)).hasMessageContaining("version 9");
  }

  private static StoredMessage message(Random random) {
    return new StoredMessage(
        text(random).replace('日', 'ß'),
        StoredCodec.id(random.nextLong(Long.MAX_VALUE)),
        random.nextLong(1L << 40),
        random.nextLong(1L << 40));
  }

  private static SpoolEntry spoolEntry(Random random, StoredMessage message)
      throws UnknownHostException {
    Map<String, String> attributes = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      attributes.put(text(random), text(random));
    }
    byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(ip);
    Client client =
        new Client(
            InetAddress.getByAddress(ip),
            text(random),
            "ESMTPSA",
            "submission",
            random.nextBoolean() ? Optional.of(address(random)) : Optional.empty(),
            random.nextBoolean(),
            optional(random));
    return new SpoolEntry(
        text(random),
        client,
        envelope(random),
        message,
        attributes,
        text(random),
        instant(random),
        random.nextInt(100),
        instant(random),
        optional(random));
  }

  private static QueueEntry queueEntry(Random random, StoredMessage message) {
    Route route =
        random.nextBoolean()
            ? new Route.Direct()
            : new Route.SmartHost(
                text(random),
                1 + random.nextInt(65535),
                random.nextBoolean()
                    ? Optional.of(new Route.Credentials(text(random), text(random)))
                    : Optional.empty(),
                random.nextBoolean());
    return new QueueEntry(
        text(random),
        text(random),
        route,
        text(random),
        envelope(random),
        message,
        instant(random),
        instant(random),
        instant(random),
        random.nextInt(100),
        random.nextBoolean(),
        text(random),
        optional(random),
        random.nextInt(1000),
        optional(random));
  }

  private static Envelope envelope(Random random) {
    List<Recipient> recipients = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Set<Notify> wishes = new HashSet<>();
      if (random.nextInt(4) == 0) {
        wishes.add(Notify.NEVER);
      } else {
        for (Notify notify : List.of(Notify.SUCCESS, Notify.FAILURE, Notify.DELAY)) {
          if (random.nextBoolean()) {
            wishes.add(notify);
          }
        }
      }
      recipients.add(new Recipient(address(random), wishes, optional(random)));
    }
    return new Envelope(
        path(random),
        recipients,
        optional(random),
        one(random, ReturnContent.values()),
        one(random, BodyType.values()),
        random.nextBoolean());
  }

  private static ReversePath path(Random random) {
    return random.nextInt(3) == 0 ? ReversePath.NULL : ReversePath.of(address(random));
  }

  private static EmailAddress address(Random random) {
    String local = text(random);
    return new EmailAddress(
        local.substring(0, Math.min(15, local.length())),
        one(random, new String[] {"example.test", "xn--bcher-kva.example", "[192.0.2.1]"}));
  }

  private static Instant instant(Random random) {
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
  }

  private static Optional<String> optional(Random random) {
    return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
  }

  private static String text(Random random) {
    String alphabet = "abcxyz 0189.@\"\\é日";
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 20); i >= 0; i--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  private static <T> T one(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
