package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What is known of a connection, apart from any transaction.
 *
 * @param address the peer's
 * @param trusted whether its network is trusted
 * @param helo the name it gave; empty before EHLO, HELO or LHLO
 * @param extended whether that was EHLO or LHLO
 * @param login the account, once logged in
 * @param appPassword the name of the app password it logged in with, if it was one
 * @param tls whether encrypted
 * @param impatient whether it sent ahead where it has to wait, and that was counted
 * @param commands so far
 * @param errors so far
 * @param mails begun so far
 */
record Link(
    InetAddress address,
    boolean trusted,
    String helo,
    boolean extended,
    Optional<EmailAddress> login,
    Optional<String> appPassword,
    boolean tls,
    boolean impatient,
    int commands,
    int errors,
    int mails) {

  static Link of(InetAddress address, boolean trusted, boolean tls) {
    return new Link(
        address, trusted, "", false, Optional.empty(), Optional.empty(), tls, false, 0, 0, 0);
  }

  boolean greeted() {
    return !helo.isEmpty();
  }

  Link greeting(String name, boolean esmtp) {
    return new Link(
        address, trusted, name, esmtp, login, appPassword, tls, impatient, commands, errors, mails);
  }

  Link loggedIn(EmailAddress account, Optional<String> app) {
    return new Link(
        address,
        trusted,
        helo,
        extended,
        Optional.of(account),
        app,
        tls,
        impatient,
        commands,
        errors,
        mails);
  }

  /** After a handshake nothing that was said before counts (RFC 3207 §4.2); the counters do. */
  Link secured() {
    return new Link(
        address,
        trusted,
        "",
        false,
        Optional.empty(),
        Optional.empty(),
        true,
        impatient,
        commands,
        errors,
        mails);
  }

  Link sentAhead() {
    return new Link(
        address, trusted, helo, extended, login, appPassword, tls, true, commands, errors, mails);
  }

  Link oneMoreCommand() {
    return counting(1, 0, 0);
  }

  Link oneMoreError() {
    return counting(0, 1, 0);
  }

  Link oneMoreMail() {
    return counting(0, 0, 1);
  }

  private Link counting(int moreCommands, int moreErrors, int moreMails) {
    return new Link(
        address,
        trusted,
        helo,
        extended,
        login,
        appPassword,
        tls,
        impatient,
        commands + moreCommands,
        errors + moreErrors,
        mails + moreMails);
  }

  /** As the kernel sees it. */
  Client client(SmtpSettings settings, boolean utf8) {
    return new Client(
        address, helo, protocol(settings, utf8), settings.listener(), login, tls, appPassword);
  }

  /** RFC 3848, RFC 6531 §4.3. */
  private String protocol(SmtpSettings settings, boolean utf8) {
    String base;
    if (settings.isLmtp()) {
      base = utf8 ? "UTF8LMTP" : "LMTP";
    } else if (!extended) {
      return "SMTP";
    } else {
      base = utf8 ? "UTF8SMTP" : "ESMTP";
    }
    return base + (tls ? "S" : "") + (login.isPresent() ? "A" : "");
  }
}
