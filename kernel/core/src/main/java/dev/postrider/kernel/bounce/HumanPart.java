package dev.postrider.kernel.bounce;

import dev.postrider.kernel.bounce.BounceRequest.Failed;
import java.util.List;

/** The part of a report that people read. */
record HumanPart(String hostName, BounceRequest request, List<Failed> told) {

  void writeTo(ReportText out) {
    out.field("Content-Type", "text/plain; charset=" + (out.utf8() ? "utf-8" : "us-ascii"));
    if (out.utf8()) {
      out.field("Content-Transfer-Encoding", "8bit");
    }
    out.line("");
    out.line("This is the mail server " + hostName + ".");
    out.line("");
    for (String line : opening()) {
      out.line(line);
    }
    for (Failed one : told) {
      out.line("");
      out.quoted("", "<" + out.address(one.recipient().address()) + ">");
      out.quoted("    ", reason(one));
      one.retryUntil()
          .ifPresent(
              until -> out.line("    It will be tried until " + ReportText.date(until) + "."));
    }
    out.line("");
    out.line("Your mail came here on " + ReportText.date(request.receivedAt()) + ".");
    out.line("Its number in our records is " + request.mailId() + ".");
    out.line("");
  }

  private List<String> opening() {
    return switch (request.kind()) {
      case FAILED ->
          List.of(
              "Your mail could not be delivered to the recipients below. It will not be",
              "tried again. The reason is given with each of them; your mail, or the top",
              "of it, is attached.");
      case DELAYED ->
          List.of(
              "Your mail could not be delivered yet to the recipients below. You need not",
              "send it again: we keep trying and will tell you if we have to give up.");
      case DELIVERED -> List.of("Your mail was delivered to the mailbox of the recipients below.");
      case RELAYED ->
          List.of(
              "Your mail was handed on for the recipients below to a host that does not",
              "report deliveries, so you may hear nothing more about it.");
    };
  }

  private static String reason(Failed one) {
    String said = one.diagnostic().isEmpty() ? "no reason was given" : one.diagnostic();
    return one.remoteHost().map(host -> "The host " + host + " said: " + said).orElse(said);
  }
}
