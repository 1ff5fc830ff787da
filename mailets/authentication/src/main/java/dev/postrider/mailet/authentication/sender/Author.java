package dev.postrider.mailet.authentication.sender;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.FromField;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Who wrote a message, where that is beyond doubt: one From field with one address in it (RFC 5322
 * §3.6.2, RFC 9989 §5.3.1), which every program reads alike.
 */
public sealed interface Author {

  /**
   * There is one.
   *
   * @param address its address
   */
  record One(EmailAddress address) implements Author {}

  /**
   * Two programs may take two for it, or none.
   *
   * @param reason what is wrong, one short sentence without a stranger's words
   */
  record Unclear(String reason) implements Author {}

  /** There is no From field at all. */
  record Missing() implements Author {}

  /**
   * The author of a mail.
   *
   * @throws UncheckedIOException when the message can't be read
   */
  static Author of(Mail mail) {
    List<HeaderField> fields = mail.message().headers().all("From").toList();
    if (isHidden(mail)) {
      return new Unclear("a From field stands behind a line that is no header field");
    }
    if (fields.isEmpty()) {
      return new Missing();
    }
    if (fields.size() > 1) {
      return new Unclear("there are several From fields");
    }
    String raw = fields.getFirst().raw();
    if (raw.indexOf(0) >= 0) {
      return new Unclear("the From field holds a NUL");
    }
    String value = fields.getFirst().value();
    Optional<List<EmailAddress>> addresses =
        FromField.addresses(mail.envelope().smtpUtf8() ? value : withoutForeignLetters(value));
    if (addresses.isEmpty()) {
      return new Unclear("the From field can't be read for sure");
    }
    if (addresses.get().size() > 1) {
      return new Unclear("the From field names several authors");
    }
    EmailAddress address = addresses.get().getFirst();
    return isEncoded(address)
        ? new Unclear("the address in the From field is an encoded word")
        : new One(address);
  }

  /** The address, where it is beyond doubt. */
  default Optional<EmailAddress> certain() {
    return switch (this) {
      case One(var address) -> Optional.of(address);
      case Unclear _, Missing _ -> Optional.empty();
    };
  }

  private static boolean isHidden(Mail mail) {
    try {
      return FromField.isHidden(mail.message());
    } catch (IOException e) {
      throw new UncheckedIOException("the message of mail " + mail.id() + " can't be read", e);
    }
  }

  // Not announced by SMTPUTF8 they are harmless in a name and of no known meaning in an address:
  // a control character passes in the one and not in the other.
  private static String withoutForeignLetters(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value.chars().forEach(c -> out.append(c < 0x80 ? (char) c : '\u0001'));
    return out.toString();
  }

  private static boolean isEncoded(EmailAddress address) {
    return address.localPart().contains("=?") && address.localPart().contains("?=");
  }
}
