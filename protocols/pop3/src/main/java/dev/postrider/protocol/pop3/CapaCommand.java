package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** CAPA (RFC 2449 §5): what may be used here and now. */
final class CapaCommand {

  private static final String ALWAYS =
      """
      TOP\r
      UIDL\r
      RESP-CODES\r
      AUTH-RESP-CODE\r
      PIPELINING\r
      """;
  private static final String ENCRYPTED = "USER\r\nSASL PLAIN\r\n";

  private final Replies replies;
  private final boolean stls;

  CapaCommand(Replies replies, boolean stls) {
    this.replies = replies;
    this.stls = stls;
  }

  Step<Pop3State, Pop3Question> beforeLogin(Pop3State.Authorization state, String argument) {
    if (!argument.isEmpty()) {
      return replies.wrong(state, "CAPA takes no argument");
    }
    String security = state.talk().tls() ? ENCRYPTED : stls ? "STLS\r\n" : "";
    return replies.lines(state, "+OK capabilities follow\r\n" + ALWAYS + security);
  }

  Step<Pop3State, Pop3Question> afterLogin(Pop3State.Transaction state, String argument) {
    return argument.isEmpty()
        ? replies.lines(
            state,
            "+OK capabilities follow\r\n"
                + ALWAYS
                + ENCRYPTED
                + "EXPIRE NEVER\r\nIMPLEMENTATION Postrider\r\n")
        : replies.wrong(state, "CAPA takes no argument");
  }
}
