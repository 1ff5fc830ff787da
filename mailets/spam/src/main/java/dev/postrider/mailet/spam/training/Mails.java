package dev.postrider.mailet.spam.training;

import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Message;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The input of jobs: mails one after the other, each after its number of octets and a line end. */
final class Mails {

  private static final int LARGEST = 64 << 20;

  private Mails() {}

  /**
   * What each mail shows.
   *
   * @throws IllegalArgumentException when the input has another form
   */
  static List<Features> in(Content input) throws IOException {
    List<Features> out = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(input.open())) {
      for (int length = length(in); length >= 0; length = length(in)) {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
          throw new EOFException("the last mail is cut short");
        }
        out.add(Features.of(Reading.of(Message.of(octets), Limits.defaults())));
      }
    }
    return out;
  }

  /** The user that an argument names, where it is there. */
  static Optional<EmailAddress> user(List<String> arguments, int index) {
    return arguments.size() > index
        ? Optional.of(EmailAddress.parse(arguments.get(index)))
        : Optional.empty();
  }

  // -1 at the end.
  private static int length(InputStream in) throws IOException {
    int c = in.read();
    if (c < 0) {
      return -1;
    }
    long length = 0;
    while (c >= '0' && c <= '9' && length <= LARGEST) {
      length = length * 10 + (c - '0');
      c = in.read();
    }
    if (c != '\n' || length > LARGEST) {
      throw new IllegalArgumentException("a mail begins with its number of octets and a line end");
    }
    return (int) length;
  }
}
