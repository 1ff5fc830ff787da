package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of macros, by the names that Sendmail gave them. What is not known is not there: a
 * milter takes the presence of some as a fact.
 */
final class Macros {

  private final Map<String, String> values = new HashMap<>();

  /**
   * Those of a mail.
   *
   * @param hostName what the server calls itself, where that was told
   */
  Macros(Mail mail, Optional<String> hostName) {
    Client client = mail.client();
    String address = client.address().getHostAddress();
    hostName.ifPresent(name -> values.put("j", name));
    values.put("i", mail.id());
    values.put("v", "Postrider");
    values.put("_", "[" + address + "]");
    values.put("{client_addr}", address);
    values.put("{client_name}", "[" + address + "]");
    values.put("{daemon_name}", client.listener());
    client.login().ifPresent(this::login);
    if (client.tls()) {
      values.put("{tls_version}", "TLS");
    }
    values.put("{mail_mailer}", "smtp");
    values.put("{mail_addr}", mail.sender().toString());
    mail.sender().address().ifPresent(each -> values.put("{mail_host}", each.domain()));
  }

  // Milters take this one for the sign that somebody logged in; the mechanism is not known here.
  private void login(EmailAddress account) {
    values.put("{auth_type}", "SASL");
    values.put("{auth_authen}", account.toString());
  }

  /** Changes those of the recipient. */
  void recipient(Recipient recipient) {
    values.put("{rcpt_mailer}", "smtp");
    values.put("{rcpt_addr}", recipient.address().toString());
    values.put("{rcpt_host}", recipient.address().domain());
  }

  /** The frame that defines those of a phase; empty where none is known. */
  Optional<byte[]> frame(Phase phase, Agreement agreement) {
    Octets out = new Octets().code(phase.command());
    boolean any = false;
    for (String name : agreement.symbolsOf(phase)) {
      String value = values.get(name.length() == 1 ? name : braced(name));
      if (value != null) {
        out.text(name).text(value);
        any = true;
      }
    }
    return any ? Optional.of(out.bytes()) : Optional.empty();
  }

  private static String braced(String name) {
    return name.startsWith("{") ? name : "{" + name + "}";
  }
}
