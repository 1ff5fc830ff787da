package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Step;

/** Makes steps: replies in the form of RFC 1939 §3 and what comes after them. */
final class Replies {

  private final Pop3Settings settings;

  Replies(Pop3Settings settings) {
    this.settings = settings;
  }

  /** {@code +OK text}, then the next line. */
  Step<Pop3State, Pop3Question> ok(Pop3State state, String text) {
    return line(state, "+OK " + text);
  }

  /** {@code -ERR text}, then the next line; no fault of the client's. */
  Step<Pop3State, Pop3Question> no(Pop3State state, String text) {
    return line(state, "-ERR " + text);
  }

  /** {@code -ERR text} for a malformed or misplaced command; too many end the session. */
  Step<Pop3State, Pop3Question> wrong(Pop3State state, String text) {
    Talk talk = state.talk().oneMoreError();
    return talk.errors() < settings.errors()
        ? no(state.with(talk), text)
        : bye(talk, "-ERR " + text + "; too many errors");
  }

  /** {@code -ERR text} for a login that did not succeed; too many end the session. */
  Step<Pop3State, Pop3Question> notLoggedIn(Talk before, String text) {
    Talk talk = before.oneMoreFailedLogin();
    return talk.failedLogins() < settings.logins()
        ? no(new Pop3State.Authorization(talk, ""), text)
        : bye(talk, "-ERR " + text);
  }

  /** One line as it stands, then the next line. */
  Step<Pop3State, Pop3Question> line(Pop3State state, String text) {
    return new Step<>(state, text + "\r\n", next(state));
  }

  /** Lines that end in CRLF, closed by a line with a dot. */
  Step<Pop3State, Pop3Question> lines(Pop3State state, CharSequence lines) {
    return new Step<>(state, lines + ".\r\n", next(state));
  }

  /** Nothing, then the next line. */
  Step<Pop3State, Pop3Question> silently(Pop3State state) {
    return new Step<>(state, "", next(state));
  }

  /** A question. */
  Step<Pop3State, Pop3Question> ask(Pop3State state, Pop3Question question) {
    return new Step<>(state, "", new Next.Ask<>(question));
  }

  /** A handshake. */
  Step<Pop3State, Pop3Question> startTls(Talk talk) {
    return new Step<>(
        new Pop3State.Upgrading(talk), "+OK begin the TLS handshake\r\n", new Next.StartTls<>());
  }

  /** A last line. */
  Step<Pop3State, Pop3Question> bye(Talk talk, String text) {
    return new Step<>(new Pop3State.Closed(talk), text + "\r\n", new Next.Close<>());
  }

  /** The end without a word. */
  Step<Pop3State, Pop3Question> hangUp(Talk talk) {
    return new Step<>(new Pop3State.Closed(talk), "", new Next.Close<>());
  }

  private Next<Pop3Question> next(Pop3State state) {
    int length =
        state instanceof Pop3State.Transaction ? settings.commandLine() : settings.loginLine();
    return new Next.ReadLine<>(length, settings.idle());
  }
}
