package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks up the tree of names for policies (RFC 9989 §4.10): at most {@value #QUERIES} lookups for
 * each name, none twice. Thread: one, for one mail.
 */
final class TreeWalk {

  /** Lookups of one walk. */
  static final int QUERIES = 8;

  private final Dns dns;
  private final Map<String, At> known = new HashMap<>();

  TreeWalk(Dns dns) {
    this.dns = dns;
  }

  /** What stands at a name. */
  sealed interface At {
    /** One policy. */
    record Policed(DmarcRecord record) implements At {}

    /** None, or several, or one that is void. */
    record Nothing() implements At {}

    /** It can't be looked up now. */
    record Unknown(String reason) implements At {}
  }

  /**
   * A policy and where it was found.
   *
   * @param domain without {@code _dmarc.}
   */
  record Found(String domain, DmarcRecord record) {}

  /**
   * What a walk came to.
   *
   * @param start where it began
   * @param found from the start upwards
   * @param unknown why it is incomplete, where it is
   */
  record Walk(String start, List<Found> found, Optional<String> unknown) {
    Walk {
      found = List.copyOf(found);
    }

    /** The organizational domain (§4.10.2). */
    String organization() {
      for (Found each : found) {
        if (each.record().suffix().equals(Optional.of(false))) {
          return each.domain();
        }
        if (each.record().suffix().equals(Optional.of(true)) && !each.domain().equals(start)) {
          return oneBelow(each.domain());
        }
      }
      return found.isEmpty() ? start : found.getLast().domain();
    }

    /** The policy of a name, where one was found there. */
    Optional<Found> at(String domain) {
      return found.stream().filter(each -> each.domain().equals(domain)).findFirst();
    }

    private String oneBelow(String above) {
      int dot = start.lastIndexOf('.', start.length() - above.length() - 2);
      return start.substring(dot + 1);
    }
  }

  /** Walks from a name in lower case, A-labels, no trailing dot. */
  Walk from(String start) {
    List<Found> found = new ArrayList<>();
    String name = start;
    for (int i = 0; i < QUERIES && !name.isEmpty(); i++) {
      switch (at(name)) {
        case At.Policed(var record) -> {
          found.add(new Found(name, record));
          if (record.suffix().isPresent()) {
            return new Walk(start, found, Optional.empty());
          }
        }
        case At.Nothing _ -> {
          // Further up.
        }
        case At.Unknown(var reason) -> {
          return new Walk(start, found, Optional.of(reason));
        }
      }
      name = above(name, i == 0);
    }
    return new Walk(start, found, Optional.empty());
  }

  /** What stands at a name, asked once. */
  At at(String domain) {
    return known.computeIfAbsent(domain, this::lookUp);
  }

  // From the first name of many labels straight to the one of seven (§4.10, step 4).
  private static String above(String name, boolean first) {
    int drop = 1;
    if (first) {
      int labels = (int) name.chars().filter(c -> c == '.').count() + 1;
      drop = labels < QUERIES ? 1 : labels - QUERIES + 1;
    }
    int at = -1;
    for (int i = 0; i < drop; i++) {
      at = name.indexOf('.', at + 1);
      if (at < 0) {
        return "";
      }
    }
    return name.substring(at + 1);
  }

  private At lookUp(String domain) {
    return switch (dns.txt("_dmarc." + domain)) {
      case DnsAnswer.Found<String>(var texts, var _) -> {
        List<String> records = texts.stream().filter(DmarcRecord::isOne).toList();
        yield records.size() == 1
            ? DmarcRecord.read(records.getFirst())
                .<At>map(At.Policed::new)
                .orElseGet(At.Nothing::new)
            : new At.Nothing();
      }
      case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ -> new At.Nothing();
      case DnsAnswer.Failed<String>(var reason) -> new At.Unknown(reason);
    };
  }
}
