package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.DaemonFault;

/** Reads what clamd answers to INSTREAM in a session (clamd(8)). */
final class ClamdReply {

  private static final String SUBJECT = "stream: ";
  private static final String FOUND = " FOUND";
  private static final String ERROR = " ERROR";

  private ClamdReply() {}

  /**
   * The verdict.
   *
   * @param number of the question in the session
   * @throws DaemonFault when it is no answer to that question
   */
  static ScanVerdict read(String reply, int number) throws DaemonFault {
    String expected = number + ": ";
    // Some errors that end the session come without the number.
    String text = reply.startsWith(expected) ? reply.substring(expected.length()) : reply;
    if (text.endsWith(ERROR)) {
      return text.startsWith("INSTREAM size limit exceeded.")
          ? new ScanVerdict.TooLarge()
          : new ScanVerdict.Unable(text);
    }
    if (reply.startsWith(expected) && text.startsWith(SUBJECT)) {
      String said = text.substring(SUBJECT.length());
      if (said.equals("OK")) {
        return new ScanVerdict.Clean();
      }
      if (said.endsWith(FOUND) && said.length() > FOUND.length()) {
        return new ScanVerdict.Found(said.substring(0, said.length() - FOUND.length()));
      }
    }
    throw new DaemonFault("'" + OnFailure.oneLine(reply) + "' is no answer of clamd");
  }
}
