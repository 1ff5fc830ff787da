package dev.postrider.kernel.store;

/** What a commit came to. */
public sealed interface CommitResult {

  /** All changes are on stable storage. */
  record Committed() implements CommitResult {}

  /** Nothing was changed: an entry to be removed is gone already. */
  record Conflict(String what) implements CommitResult {}

  /** Nothing was changed: no space. Temporary; a peer gets 452. */
  record Full(String reason) implements CommitResult {}

  /** Nothing can be promised: the disk or the engine failed. A peer gets 451 or 452, never 250. */
  record Failed(String reason) implements CommitResult {}
}
