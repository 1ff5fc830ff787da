package dev.postrider.protocol.pop3;

import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One mailbox with one message that is made while it is read, counts how far it was read, and can
 * break off.
 */
final class BigMail implements MailboxAccess {

  private static final byte[] LINE =
      ".".concat("x".repeat(61)).concat("\r\n").getBytes(StandardCharsets.US_ASCII);

  final AtomicLong produced = new AtomicLong();
  final AtomicInteger open = new AtomicInteger();
  private final long size;
  private final long breaksAt;

  /** Lines of 64 octets, each with a dot first; {@code breaksAt} octets can be read. */
  BigMail(long size, long breaksAt) {
    this.size = size;
    this.breaksAt = breaksAt;
  }

  @Override
  public LoginResult login(Client client, String user, String password) {
    return new LoginResult.LoggedIn(Post.BOB, Optional.empty(), "");
  }

  @Override
  public boolean stillHolds(LoginResult.LoggedIn login) {
    return true;
  }

  @Override
  public Optional<Maildrop> lock(MailboxName mailbox) {
    return Optional.of(new Drop());
  }

  private final class Drop implements Maildrop {
    @Override
    public List<MailboxMessage> messages() {
      StoredMessage message = new StoredMessage("", new ContentId("big"), 0, size);
      return List.of(new MailboxMessage(1, message, Instant.EPOCH, Set.of()));
    }

    @Override
    public long uidValidity() {
      return 1;
    }

    @Override
    public Content open(MailboxMessage message) {
      return new Made();
    }

    @Override
    public boolean expunge(Set<Long> uids) {
      return true;
    }

    @Override
    public void close() {}
  }

  private final class Made implements Content {
    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream open(long offset) {
      open.incrementAndGet();
      return new Lines();
    }
  }

  private final class Lines extends InputStream {
    private long at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (at >= breaksAt && at < size) {
        throw new IOException("the disk is broken here");
      }
      int count = (int) Math.min(length, Math.min(size, Math.max(breaksAt, at)) - at);
      for (int i = 0; i < count; i++) {
        into[offset + i] = LINE[(int) ((at + i) % LINE.length)];
      }
      at += count;
      produced.addAndGet(count);
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
