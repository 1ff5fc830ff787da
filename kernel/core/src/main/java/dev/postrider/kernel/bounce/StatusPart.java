package dev.postrider.kernel.bounce;

import dev.postrider.kernel.bounce.BounceRequest.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The part of a report that machines read: message/delivery-status (RFC 3464 §2). */
record StatusPart(String hostName, BounceRequest request, List<Failed> told, Instant now) {

  void writeTo(ReportText out) {
    if (out.utf8()) {
      out.field("Content-Type", "message/global-delivery-status");
      out.field("Content-Transfer-Encoding", "8bit");
    } else {
      out.field("Content-Type", "message/delivery-status");
    }
    out.line("");
    request
        .envelope()
        .envelopeId()
        .ifPresent(id -> out.field("Original-Envelope-Id", Xtext.shown(id)));
    out.field("Reporting-MTA", "dns; " + hostName);
    out.field("Arrival-Date", ReportText.date(request.receivedAt()));
    for (Failed one : told) {
      out.line("");
      recipient(out, one);
    }
    out.line("");
  }

  private void recipient(ReportText out, Failed one) {
    one.recipient().original().ifPresent(orcpt -> original(out, orcpt));
    boolean wide = one.recipient().address().needsUtf8();
    out.field(
        "Final-Recipient",
        (wide ? "utf-8; " : "rfc822; ") + out.address(one.recipient().address()));
    out.field("Action", request.kind().name().toLowerCase(Locale.ROOT));
    out.field("Status", one.status().toString());
    one.remoteHost().ifPresent(host -> out.field("Remote-MTA", "dns; " + host));
    if (!one.diagnostic().isEmpty()) {
      String type = one.remoteHost().isPresent() ? "smtp; " : "x-postrider; ";
      out.field("Diagnostic-Code", type + one.diagnostic());
    }
    out.field("Last-Attempt-Date", ReportText.date(now));
    one.retryUntil().ifPresent(until -> out.field("Will-Retry-Until", ReportText.date(until)));
  }

  private static void original(ReportText out, String orcpt) {
    int semicolon = orcpt.indexOf(';');
    if (semicolon > 0) {
      String type = orcpt.substring(0, semicolon);
      out.field("Original-Recipient", type + "; " + Xtext.shown(orcpt.substring(semicolon + 1)));
    }
  }
}
