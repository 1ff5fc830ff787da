package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Deadline;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Status;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a milter of one mail, phase by phase as far as the mail's stage goes, until it has decided.
 * Not thread-safe.
 */
final class Conversation {

  private static final int CHUNK = 65_535;
  private static final int MAX_PROGRESS = 10_000;

  private final Wire wire;
  private final Agreement agreement;
  private final Deadline deadline;
  private final Limits limits;
  private final Mail mail;
  private final Macros macros;
  private final Map<Recipient, Status> refused = new LinkedHashMap<>();
  private boolean complete;

  Conversation(Wire wire, Deadline deadline, Limits limits, Mail mail) {
    this.wire = wire;
    this.agreement = wire.agreement();
    this.deadline = deadline;
    this.limits = limits;
    this.mail = mail;
    this.macros = new Macros(mail, limits.hostName());
  }

  /** Whether the milter said at the end that it takes another mail over this connection. */
  boolean isComplete() {
    return complete;
  }

  /**
   * Has the mail judged.
   *
   * @throws IOException when the milter fails, or the message can't be read
   */
  Verdict run() throws IOException {
    Judgement judgement = untilMessage();
    if (judgement instanceof Judgement.Go && mail.stage() == Stage.MESSAGE) {
      judgement = message();
      if (judgement instanceof Judgement.Go) {
        return end();
      }
    }
    return verdict(judgement, Changes.NONE);
  }

  private Judgement untilMessage() throws IOException {
    Judgement judgement = tell(Phase.CONNECT, connect());
    if (isGo(judgement) && mail.stage() != Stage.CONNECT && !mail.client().helo().isEmpty()) {
      judgement = tell(Phase.HELO, new Octets().text(mail.client().helo()).bytes());
    }
    if (isGo(judgement) && mail.stage() != Stage.CONNECT) {
      judgement = tell(Phase.MAIL, sender());
    }
    if (isGo(judgement) && mail.stage() != Stage.CONNECT && mail.stage() != Stage.SENDER) {
      judgement = recipients();
    }
    return judgement;
  }

  private static boolean isGo(Judgement judgement) {
    return judgement instanceof Judgement.Go;
  }

  private byte[] connect() {
    Client client = mail.client();
    String address = client.address().getHostAddress();
    return new Octets()
        .text("[" + address + "]")
        .code(client.address() instanceof Inet6Address ? '6' : '4')
        .small(0)
        .text(address)
        .bytes();
  }

  private byte[] sender() {
    Octets out = new Octets().text("<" + mail.sender() + ">");
    if (mail.stage() == Stage.MESSAGE) {
      out.text("SIZE=" + mail.message().size());
    }
    if (mail.envelope().bodyType() == BodyType.EIGHT_BIT_MIME) {
      out.text("BODY=8BITMIME");
    }
    if (mail.envelope().smtpUtf8()) {
      out.text("SMTPUTF8");
    }
    return out.bytes();
  }

  private Judgement recipients() throws IOException {
    for (Recipient recipient : mail.recipients()) {
      macros.recipient(recipient);
      Judgement judgement =
          tell(Phase.RCPT, new Octets().text("<" + recipient.address() + ">").bytes());
      switch (judgement) {
        case Judgement.Refuse(var status) -> refused.put(recipient, status);
        case Judgement.Accept _, Judgement.Discard _ -> {
          return judgement;
        }
        case Judgement.Go _, Judgement.Skip _ -> {
          // The next one.
        }
      }
    }
    if (refused.size() < mail.recipients().size()) {
      return new Judgement.Go();
    }
    List<Status> all = List.copyOf(refused.values());
    return new Judgement.Refuse(
        all.stream().filter(Status::isTemporary).findFirst().orElse(all.getFirst()));
  }

  private Judgement message() throws IOException {
    Judgement judgement =
        agreement.version() >= 4 ? tell(Phase.DATA, new byte[0]) : new Judgement.Go();
    if (agreement.hears(Phase.HEADER)) {
      for (HeaderField field : mail.message().headers().fields()) {
        if (isGo(judgement)) {
          judgement = tell(Phase.HEADER, header(field));
        }
      }
    }
    if (isGo(judgement)) {
      judgement = tell(Phase.EOH, new byte[0]);
    }
    return isGo(judgement) && agreement.hears(Phase.BODY) ? body() : judgement;
  }

  private byte[] header(HeaderField field) {
    String raw = field.raw();
    String value = raw.substring(raw.indexOf(':') + 1).replace("\r\n", "\n");
    if (value.endsWith("\n")) {
      value = value.substring(0, value.length() - 1);
    }
    boolean space = value.startsWith(" ") || value.startsWith("\t");
    return new Octets()
        .raw(field.name())
        .raw(space && !agreement.keepsLeadingSpace() ? value.substring(1) : value)
        .bytes();
  }

  private Judgement body() throws IOException {
    try (InputStream in = new BufferedInputStream(mail.message().openRest())) {
      passEmptyLine(in);
      for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
        Judgement judgement = tell(Phase.BODY, chunk);
        if (judgement instanceof Judgement.Skip && agreement.maySkip()) {
          return new Judgement.Go();
        }
        if (!isGo(judgement)) {
          return judgement;
        }
      }
    }
    return new Judgement.Go();
  }

  private static void passEmptyLine(InputStream in) throws IOException {
    in.mark(2);
    if (in.read() != '\r' || in.read() != '\n') {
      in.reset();
    }
  }

  private Judgement tell(Phase phase, byte[] data) throws IOException {
    define(phase);
    if (!agreement.hears(phase)) {
      return new Judgement.Go();
    }
    deadline.next(limits.command());
    wire.put(phase.command(), data);
    if (!agreement.answers(phase)) {
      return new Judgement.Go();
    }
    Judgement judgement = Judgement.read(reply(limits.command()));
    if (judgement instanceof Judgement.Skip && !(phase == Phase.BODY && agreement.maySkip())) {
      throw new DaemonFault("it skips where there is nothing to skip");
    }
    return judgement;
  }

  private void define(Phase phase) throws IOException {
    Optional<byte[]> frame = macros.frame(phase, agreement);
    if (frame.isPresent()) {
      wire.put('D', frame.get());
    }
  }

  // A sign of life starts the time anew; the deadline stays.
  private Reply reply(Duration patience) throws IOException {
    for (int i = 0; i < MAX_PROGRESS; i++) {
      Reply reply = wire.read(deadline, patience);
      if (reply.code() != 'p') {
        return reply;
      }
      reply.end();
    }
    throw new DaemonFault("it made progress " + MAX_PROGRESS + " times without an end");
  }

  private Verdict end() throws IOException {
    define(Phase.END);
    wire.put(Phase.END.command(), new byte[0]);
    ChangesInProgress changes = new ChangesInProgress(agreement, limits.body());
    Reply reply = reply(limits.end());
    while (changes.take(reply)) {
      reply = reply(limits.end());
    }
    Judgement judgement = Judgement.read(reply);
    if (judgement instanceof Judgement.Skip) {
      throw new DaemonFault("it skips where there is nothing to skip");
    }
    complete = isGo(judgement);
    return verdict(judgement, changes.all());
  }

  private Verdict verdict(Judgement judgement, Changes changes) {
    return switch (judgement) {
      case Judgement.Go _, Judgement.Accept _, Judgement.Skip _ ->
          new Verdict.Pass(changes, refused);
      case Judgement.Refuse(var status) -> new Verdict.Refuse(status);
      case Judgement.Discard _ -> new Verdict.Discard();
    };
  }
}
