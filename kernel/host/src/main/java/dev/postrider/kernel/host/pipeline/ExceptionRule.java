package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.plugin.ProcessorName;
import java.util.Locale;
import java.util.Optional;

/** Reads what an entry says about failing matchers and mailets. */
record ExceptionRule(XmlNode node, Problems problems) {

  OnException onMatch(Optional<String> text) {
    return switch (lower(text)) {
      case "" -> OnException.standard();
      case "nomatch" -> new OnException.Skip();
      case "matchall" -> new OnException.MatchAll();
      case "propagate" -> new OnException.Defer();
      default -> goTo(text.orElse(""), "onMatchException", "nomatch, matchall, propagate");
    };
  }

  OnException onMailet(Optional<String> text) {
    return switch (lower(text)) {
      case "" -> OnException.standard();
      case "ignore" -> new OnException.Skip();
      case "propagate" -> new OnException.Defer();
      default -> goTo(text.orElse(""), "onMailetException", "ignore, propagate");
    };
  }

  private static String lower(Optional<String> text) {
    return text.orElse("").toLowerCase(Locale.ROOT);
  }

  private OnException goTo(String processor, String setting, String words) {
    try {
      return new OnException.GoTo(ProcessorName.parse(processor));
    } catch (IllegalArgumentException e) {
      problems.add(
          node.place(),
          setting + " of " + node.shown() + ": " + e.getMessage(),
          "write " + words + " or the state of a processor");
      return OnException.standard();
    }
  }
}
