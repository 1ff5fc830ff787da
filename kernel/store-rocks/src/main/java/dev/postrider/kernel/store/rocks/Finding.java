package dev.postrider.kernel.store.rocks;

/**
 * One thing that is wrong with a store.
 *
 * @param kind where it was found
 * @param file the file, or the folder of the index
 * @param offset in the file, -1 where it has none
 * @param row the mail, message, mailbox or account, empty where it is none
 * @param what is wrong
 * @param remedy what to do
 */
public record Finding(Kind kind, String file, long offset, String row, String what, String remedy) {

  /** Where something was found. */
  public enum Kind {
    /** The header, a record or the absence of a segment. */
    SEGMENT,
    /** The checkpoint that stands for deleted segments. */
    CHECKPOINT,
    /** The rows can't be read, or are not what the segments say. */
    INDEX,
    /** A row names something that is not there. */
    REFERENCE,
    /** A number that is kept beside the rows is not theirs. */
    COUNTER
  }

  @Override
  public String toString() {
    return file
        + (offset < 0 ? "" : " at offset " + offset)
        + (row.isEmpty() ? "" : ", " + row)
        + ": "
        + what
        + "; "
        + remedy;
  }
}
