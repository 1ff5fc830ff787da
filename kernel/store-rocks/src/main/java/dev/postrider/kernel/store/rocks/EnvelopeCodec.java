package dev.postrider.kernel.store.rocks;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Addresses and envelopes inside rows. */
final class EnvelopeCodec {

  private EnvelopeCodec() {}

  static void write(ByteWriter out, EmailAddress address) {
    out.string(address.localPart()).string(address.domain());
  }

  static EmailAddress address(ByteReader in) {
    return new EmailAddress(in.string(), in.string());
  }

  static void write(ByteWriter out, ReversePath path) {
    out.flag(!path.isNull());
    path.address().ifPresent(address -> write(out, address));
  }

  static ReversePath reversePath(ByteReader in) {
    return in.flag() ? ReversePath.of(address(in)) : ReversePath.NULL;
  }

  static void write(ByteWriter out, Envelope envelope) {
    write(out, envelope.sender());
    out.optional(envelope.envelopeId());
    out.u8(Codes.of(envelope.returnContent())).u8(Codes.of(envelope.bodyType()));
    out.flag(envelope.smtpUtf8());
    out.varint(envelope.recipients().size());
    for (Recipient recipient : envelope.recipients()) {
      write(out, recipient);
    }
  }

  static Envelope envelope(ByteReader in) {
    ReversePath sender = reversePath(in);
    Optional<String> envelopeId = in.optional();
    ReturnContent returnContent = Codes.returnContent(in.u8());
    BodyType bodyType = Codes.bodyType(in.u8());
    boolean smtpUtf8 = in.flag();
    int count = in.count();
    List<Recipient> recipients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      recipients.add(recipient(in));
    }
    return new Envelope(sender, recipients, envelopeId, returnContent, bodyType, smtpUtf8);
  }

  private static void write(ByteWriter out, Recipient recipient) {
    write(out, recipient.address());
    int wishes = 0;
    for (Notify notify : recipient.notifyOn()) {
      wishes |= Codes.of(notify);
    }
    out.u8(wishes).optional(recipient.original());
  }

  private static Recipient recipient(ByteReader in) {
    EmailAddress address = address(in);
    int wishes = in.u8();
    Set<Notify> notifyOn = EnumSet.noneOf(Notify.class);
    for (Notify notify : Notify.values()) {
      if ((wishes & Codes.of(notify)) != 0) {
        notifyOn.add(notify);
      }
    }
    return new Recipient(address, notifyOn, in.optional());
  }
}
