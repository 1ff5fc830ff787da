package dev.postrider.kernel.admin;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import java.util.List;

/** Commits and puts the result into words. */
final class Commits {

  private final Store store;

  Commits(Store store) {
    this.store = store;
  }

  AdminAnswer commit(String done, Change... changes) {
    return commit(done, List.of(changes));
  }

  AdminAnswer commit(String done, List<Change> changes) {
    return answer(done, store.commit(new Batch(changes)));
  }

  static AdminAnswer answer(String done, CommitResult result) {
    return switch (result) {
      case CommitResult.Committed() -> new AdminAnswer.Done(done);
      case CommitResult.Conflict(String what) ->
          AdminAnswer.conflict("somebody else was faster: " + what);
      case CommitResult.Full(String reason) ->
          new AdminAnswer.Refused(AdminAnswer.Reason.STORAGE, "no space: " + reason);
      case CommitResult.Failed(String reason) ->
          new AdminAnswer.Refused(AdminAnswer.Reason.STORAGE, "the store failed: " + reason);
      case CommitResult.Unclear(String reason) ->
          new AdminAnswer.Refused(
              AdminAnswer.Reason.STORAGE, "it may be done or not, look again: " + reason);
    };
  }
}
