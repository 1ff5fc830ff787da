package dev.postrider.kernel.store;

/** What a commit came to. */
public sealed interface CommitResult {

  /** All changes are on stable storage. */
  record Committed() implements CommitResult {}

  /**
   * Nothing was changed: an entry is gone or another than the batch was worked out from. Whoever
   * still wants the change reads again and works it out anew.
   */
  record Conflict(String what) implements CommitResult {}

  /** Nothing was changed: no space. Temporary; a peer gets 452. */
  record Full(String reason) implements CommitResult {}

  /** Nothing was changed and nothing of it will be: the disk or the engine failed. 451. */
  record Failed(String reason) implements CommitResult {}

  /**
   * Neither yes nor no: the store ended before it knew. After the next start the changes are there
   * or not. A peer gets no reply and loses the connection, as after a crash (RFC 1047).
   */
  record Unclear(String reason) implements CommitResult {}
}
