package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.intake.Acceptance;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A kernel that knows {@code example.test}. Local parts say what happens: {@code unknown}, {@code
 * drop} (refused and disconnected), {@code later}, {@code fault} (an exception), {@code full}
 * (refused per recipient), {@code crowded} (room for 1000 octets). The password of everybody is
 * {@code secret}. Content that holds {@code SPAM} is refused, {@code FAULT} throws, {@code NOROOM}
 * does not fit on the disk, and of {@code UNCLEAR} nobody knows whether it was stored.
 */
final class FakeReception implements Reception {
  record Taken(Client client, Envelope envelope, String content) {}

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<Client> connected = new CopyOnWriteArrayList<>();
  final AtomicInteger draftsOpen = new AtomicInteger();
  final List<Offence> offences = new CopyOnWriteArrayList<>();
  volatile Verdict connectVerdict = Verdict.OK;
  volatile Verdict afterOffence = Verdict.OK;
  volatile Verdict loginVerdict = Verdict.OK;

  @Override
  public Verdict offence(Client client, Offence offence) {
    offences.add(offence);
    return afterOffence;
  }

  @Override
  public Verdict connect(Client client) {
    connected.add(client);
    return connectVerdict;
  }

  @Override
  public LoginResult login(Client client, String user, String password) {
    return switch (user) {
      case "fault" -> throw new IllegalStateException("the directory is broken");
      case "later" -> new LoginResult.NotNow();
      default ->
          password.equals("secret")
              ? new LoginResult.LoggedIn(EmailAddress.parse(user), Optional.empty(), "")
              : new LoginResult.Denied();
    };
  }

  @Override
  public Verdict stillHolds(LoginResult.LoggedIn login) {
    return loginVerdict;
  }

  @Override
  public Verdict sender(Client client, ReversePath sender, long declaredSize) {
    String localPart = sender.address().map(EmailAddress::localPart).orElse("");
    return localPart.equals("crowded") && declaredSize > 1000
        ? Verdict.refuse(new Status(452, Status.temporary("4.3.1", "x").enhanced(), "No space"))
        : judge(localPart);
  }

  @Override
  public Verdict recipient(Client client, Envelope soFar, Recipient recipient) {
    boolean local = recipient.address().domain().equals("example.test");
    if (!local && client.login().isEmpty()) {
      return Verdict.refuse(Status.permanent("5.7.1", "Relaying denied"));
    }
    return judge(recipient.address().localPart());
  }

  private static Verdict judge(String localPart) {
    return switch (localPart) {
      case "unknown" -> Verdict.refuse(Status.permanent("5.1.1", "No such mailbox"));
      case "later" -> Verdict.refuse(Status.temporary("4.7.1", "Try again later"));
      case "drop" -> new Verdict.Refused(Status.permanent("5.7.1", "Go away"), true);
      case "fault" -> throw new IllegalStateException("the directory is broken");
      default -> Verdict.OK;
    };
  }

  @Override
  public ContentDraft draft() {
    draftsOpen.incrementAndGet();
    return new Draft();
  }

  @Override
  public Acceptance message(Client client, Envelope envelope, ContentDraft draft) {
    String content = ((Draft) draft).text();
    if (content.contains("SPAM")) {
      return new Acceptance.Refused(Status.permanent("5.7.1", "Looks like spam"));
    }
    if (content.contains("UNCLEAR")) {
      return new Acceptance.Unclear();
    }
    if (content.contains("FAULT")) {
      throw new IllegalStateException("the pipeline is broken");
    }
    taken.add(new Taken(client, envelope, content));
    Map<Recipient, Status> refused = new HashMap<>();
    for (Recipient recipient : envelope.recipients()) {
      if (recipient.address().localPart().equals("full")) {
        refused.put(recipient, new Status(452, Status.temporary("4.2.2", "x").enhanced(), "Full"));
      }
    }
    return new Acceptance.Accepted("m" + taken.size(), refused);
  }

  List<String> contents() {
    List<String> out = new ArrayList<>();
    taken.forEach(mail -> out.add(mail.content()));
    return out;
  }

  private final class Draft implements ContentDraft {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean open = true;

    String text() {
      return octets.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void write(byte[] piece, int offset, int length) throws IOException {
      octets.write(piece, offset, length);
      if (text().contains("NOROOM")) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      if (open) {
        open = false;
        draftsOpen.decrementAndGet();
      }
    }

    @Override
    public long size() {
      return octets.size();
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(
          octets.toByteArray(), (int) offset, octets.size() - (int) offset);
    }
  }
}
