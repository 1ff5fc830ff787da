package dev.postrider.kernel.resolver;

import dev.postrider.plugin.service.DnsAnswer;
import java.util.List;
import java.util.function.Function;
import org.xbill.DNS.Record;

/**
 * What a question came to, with how long it stays true.
 *
 * @param kind what came
 * @param records those of the type asked for
 * @param authenticated whether every message on the way had the AD bit
 * @param reason for {@link Kind#FAILED}
 * @param seconds to keep it
 */
record Answer(Kind kind, List<Record> records, boolean authenticated, String reason, long seconds) {

  enum Kind {
    FOUND,
    NO_DATA,
    NO_NAME,
    FAILED
  }

  /** Long enough that a queue of mails does not ask for each, short enough not to matter. */
  private static final long FAILURE_SECONDS = 3;

  private static final long LONGEST = 86_400;
  private static final long LONGEST_NEGATIVE = 3_600;

  static Answer found(List<Record> records, boolean authenticated, long ttl) {
    return new Answer(Kind.FOUND, records, authenticated, "", Math.clamp(ttl, 0, LONGEST));
  }

  static Answer negative(Kind kind, boolean authenticated, long ttl) {
    return new Answer(kind, List.of(), authenticated, "", Math.clamp(ttl, 0, LONGEST_NEGATIVE));
  }

  static Answer failed(String reason) {
    return new Answer(Kind.FAILED, List.of(), false, reason, FAILURE_SECONDS);
  }

  <T> DnsAnswer<T> as(Function<Record, T> reading) {
    return switch (kind) {
      case FOUND -> new DnsAnswer.Found<>(records.stream().map(reading).toList(), authenticated);
      case NO_DATA -> new DnsAnswer.NoData<>();
      case NO_NAME -> new DnsAnswer.NoSuchName<>();
      case FAILED -> new DnsAnswer.Failed<>(reason);
    };
  }
}
