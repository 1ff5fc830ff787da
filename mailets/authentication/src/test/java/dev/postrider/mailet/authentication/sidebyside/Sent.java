package dev.postrider.mailet.authentication.sidebyside;

import dev.postrider.plugin.Mail;
import java.io.IOException;
import java.io.InputStream;

/**
 * A mail that is judged.
 *
 * @param name for a person
 * @param mail with its envelope and client
 */
record Sent(String name, Mail mail) {

  byte[] octets() throws IOException {
    try (InputStream in = mail.message().open()) {
      return in.readAllBytes();
    }
  }

  String client() {
    return mail.client().address().getHostAddress();
  }
}
