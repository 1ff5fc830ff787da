package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import java.util.List;

/** Something that a milter wants changed. Text is ISO-8859-1, one character per octet. */
sealed interface Change {

  /** A header field at the end. */
  record AddHeader(String name, String value) implements Change {}

  /**
   * A header field somewhere.
   *
   * @param index before which field, 0 for the first
   */
  record InsertHeader(long index, String name, String value) implements Change {}

  /**
   * Another value for a header field.
   *
   * @param index which of this name, 1 for the first; beyond the last it is a new field
   * @param value empty to remove the field
   */
  record ChangeHeader(long index, String name, String value) implements Change {}

  /**
   * One more recipient.
   *
   * @param address with or without angle brackets
   * @param parameters of RCPT
   */
  record AddRecipient(String address, List<String> parameters) implements Change {
    /** Copies the list. */
    public AddRecipient {
      parameters = List.copyOf(parameters);
    }
  }

  /** One recipient less. */
  record RemoveRecipient(String address) implements Change {}

  /** Another reverse path; parameters of MAIL don't matter here. */
  record ChangeSender(String address) implements Change {}

  /** The mail is held. */
  record Quarantine(String reason) implements Change {}

  /** Reads a change that the milter may ask for. */
  static Change read(Reply reply, Agreement agreement) throws DaemonFault {
    int action = action(reply.code());
    if (action == 0) {
      throw new DaemonFault(reply + " is not one at the end of a message");
    }
    if (!agreement.allows(action)) {
      throw new DaemonFault(reply + " asks for a change that it did not negotiate");
    }
    Change change =
        switch (reply.code()) {
          case 'h' -> new AddHeader(reply.text(), reply.text());
          case 'i' -> new InsertHeader(reply.number(), reply.text(), reply.text());
          case 'm' -> new ChangeHeader(reply.number(), reply.text(), reply.text());
          case '+' -> new AddRecipient(reply.text(), List.of());
          case '2' -> new AddRecipient(reply.text(), reply.texts());
          case '-' -> new RemoveRecipient(reply.text());
          case 'e' -> sender(reply);
          default -> new Quarantine(reply.text());
        };
    reply.end();
    return change;
  }

  private static Change sender(Reply reply) throws DaemonFault {
    String address = reply.texts().stream().findFirst().orElse("");
    return new ChangeSender(address);
  }

  private static int action(char code) {
    return switch (code) {
      case 'h', 'i' -> Agreement.ADD_HEADERS;
      case 'm' -> Agreement.CHANGE_HEADERS;
      case '+' -> Agreement.ADD_RECIPIENTS;
      case '2' -> Agreement.ADD_RECIPIENTS_WITH_PARAMETERS;
      case '-' -> Agreement.REMOVE_RECIPIENTS;
      case 'e' -> Agreement.CHANGE_SENDER;
      case 'q' -> Agreement.QUARANTINE;
      default -> 0;
    };
  }
}
