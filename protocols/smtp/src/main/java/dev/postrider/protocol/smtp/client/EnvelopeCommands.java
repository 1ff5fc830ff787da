package dev.postrider.protocol.smtp.client;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import java.util.stream.Collectors;

/** MAIL and RCPT with the parameters that the peer understands. */
record EnvelopeCommands(Extensions extensions, Envelope envelope, long size, boolean utf8) {

  String mail() {
    StringBuilder out = new StringBuilder("MAIL FROM:<").append(envelope.sender()).append('>');
    if (extensions.has("SIZE")) {
      out.append(" SIZE=").append(size);
    }
    if (envelope.bodyType() == BodyType.BINARY_MIME) {
      out.append(" BODY=BINARYMIME");
    } else if (extensions.has("8BITMIME")
        && (envelope.bodyType() == BodyType.EIGHT_BIT_MIME || utf8)) {
      out.append(" BODY=8BITMIME");
    }
    if (utf8) {
      out.append(" SMTPUTF8");
    }
    if (extensions.has("DSN")) {
      if (envelope.returnContent() != ReturnContent.UNSTATED) {
        out.append(envelope.returnContent() == ReturnContent.FULL ? " RET=FULL" : " RET=HDRS");
      }
      envelope
          .envelopeId()
          .filter(id -> isWord(id, 100))
          .ifPresent(id -> out.append(" ENVID=").append(id));
    }
    return out.append("\r\n").toString();
  }

  String recipient(Recipient recipient) {
    StringBuilder out = new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
    if (extensions.has("DSN")) {
      if (!recipient.notifyOn().isEmpty()) {
        out.append(" NOTIFY=")
            .append(
                recipient.notifyOn().stream()
                    .sorted()
                    .map(Enum::name)
                    .collect(Collectors.joining(",")));
      }
      recipient
          .original()
          .filter(orcpt -> isWord(orcpt, 500))
          .ifPresent(orcpt -> out.append(" ORCPT=").append(orcpt));
    }
    return out.append("\r\n").toString();
  }

  private static boolean isWord(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
