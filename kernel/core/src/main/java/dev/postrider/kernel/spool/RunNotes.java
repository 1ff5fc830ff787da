package dev.postrider.kernel.spool;

import java.util.Map;

/**
 * Which mails of the spool are being run now, noted where it outlives the process, so that a mail
 * whose run takes the process down does not do so at each start. The notes are a guess for the next
 * start, no promise: they need not outlive the machine. Thread: any. Time: microseconds. Failure:
 * what can't be noted is not noted.
 */
public interface RunNotes {

  /**
   * What an earlier process left: mails whose run began and did not come to an end, and how many
   * times in a row. They stay noted until {@link #ended}.
   */
  Map<String, Integer> left();

  /**
   * A run begins.
   *
   * @param times how many times in a row one will have begun without an end, this one included
   */
  void began(String mailId, int times);

  /** A run came to an end, whatever came of it. */
  void ended(String mailId);

  /** The process ends in order: what is under way takes it down no more. */
  void stopped();
}
