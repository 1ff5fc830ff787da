package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a milter wants changed until its verdict is there. Not thread-safe. */
final class ChangesInProgress {

  private static final int MAX_CHANGES = 1000;
  private static final long MAX_TEXT = 1 << 20;
  private static final String CHANGES = "himb+2-eq";

  private final Agreement agreement;
  private final long maxBody;
  private final List<Change> each = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean newBody;
  private long text;

  ChangesInProgress(Agreement agreement, long maxBody) {
    this.agreement = agreement;
    this.maxBody = maxBody;
  }

  /** Takes a reply where it is a change; false where it is not one. */
  boolean take(Reply reply) throws DaemonFault {
    if (CHANGES.indexOf(reply.code()) < 0) {
      return false;
    }
    if (reply.code() == 'b') {
      takeBody(reply);
      return true;
    }
    text += reply.length();
    if (each.size() == MAX_CHANGES || text > MAX_TEXT) {
      throw new DaemonFault(
          "it wants more than " + MAX_CHANGES + " changes, or more than 1 MiB of them");
    }
    each.add(Change.read(reply, agreement));
    return true;
  }

  private void takeBody(Reply reply) throws DaemonFault {
    if (!agreement.allows(Agreement.CHANGE_BODY)) {
      throw new DaemonFault(reply + " asks for a change that it did not negotiate");
    }
    if (body.size() + (long) reply.length() > maxBody) {
      throw new DaemonFault("it sends a new body of more than " + maxBody + " octets");
    }
    newBody = true;
    body.writeBytes(reply.octets());
  }

  /** What was collected. */
  Changes all() {
    return new Changes(each, newBody ? Optional.of(body.toByteArray()) : Optional.empty());
  }
}
