package dev.postrider.mailet.authentication.lookup;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Lookups for one mail that never wait long for silence: one lookup waits {@link #ONE} at most, and
 * all that fail, in all mailets that a mail passes, {@link #ALL} together. After that every lookup
 * fails at once. What was waited goes from mailet to mailet in the attribute {@value #ATTRIBUTE}
 * (milliseconds). Of that time {@link #RESERVE} is kept for the check that decides: a sender whose
 * own name servers are silent can't keep the policy of another domain from being looked up. Answers
 * that come slowly end too: one mailet waits {@link #MAILET} for all of them.
 *
 * <p>Thread: one. Failure: {@link DnsAnswer.Failed}, as the service's own.
 */
public final class Lookups implements Dns {

  /** How long one lookup waits. */
  public static final Duration ONE = Duration.ofSeconds(2);

  /** How long all lookups of a mail that get no answer wait together. */
  public static final Duration ALL = Duration.ofSeconds(4);

  /** How long all lookups of one mailet may take, answered or not. */
  public static final Duration MAILET = Duration.ofSeconds(6);

  /** What of it only the check that decides may wait. */
  public static final Duration RESERVE = Duration.ofMillis(1500);

  /** How long all lookups take together where no mail waits. */
  public static final Duration PATIENT = Duration.ofSeconds(20);

  /** Milliseconds that were waited in vain so far. */
  public static final String ATTRIBUTE = "authentication.silence";

  private final Dns dns;
  private final InstantSource clock;
  private final Duration most;
  private final Duration before;
  private final Instant end;
  private Duration waited;
  private int asked;

  private Lookups(Dns dns, InstantSource clock, Duration most, Duration before, Duration together) {
    this.dns = dns;
    this.clock = clock;
    this.most = most;
    this.before = before;
    this.waited = before;
    this.end = clock.instant().plus(together);
  }

  /** Lookups for a mail, within what earlier mailets have waited. */
  public static Lookups of(Dns dns, InstantSource clock, Mail mail) {
    return new Lookups(dns, clock, ALL.minus(RESERVE), before(mail), MAILET);
  }

  /** The same for the check that decides. */
  public static Lookups deciding(Dns dns, InstantSource clock, Mail mail) {
    return new Lookups(dns, clock, ALL, before(mail), MAILET);
  }

  /** Lookups for no mail, which may take {@link #PATIENT} together. */
  public static Lookups patient(Dns dns, InstantSource clock) {
    return new Lookups(dns, clock, PATIENT, Duration.ZERO, PATIENT);
  }

  private static Duration before(Mail mail) {
    return mail.attribute(ATTRIBUTE).map(Lookups::millis).orElse(Duration.ZERO);
  }

  private static Duration millis(String text) {
    try {
      return Duration.ofMillis(Long.parseLong(text));
    } catch (NumberFormatException _) {
      // Somebody else's word for it: nothing is waited any more.
      return ALL;
    }
  }

  /** The same mail with the note of what was waited. */
  public Mail noted(Mail mail) {
    return waited.equals(before)
        ? mail
        : mail.withAttribute(ATTRIBUTE, Long.toString(waited.toMillis()));
  }

  /** How many lookups were made, those that were not waited for included. */
  public int asked() {
    return asked;
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return ask(each -> each.mx(domain));
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return ask(each -> each.addresses(host));
  }

  @Override
  public DnsAnswer<InetAddress> ipv4(String host) {
    return ask(each -> each.ipv4(host));
  }

  @Override
  public DnsAnswer<InetAddress> ipv6(String host) {
    return ask(each -> each.ipv6(host));
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return ask(each -> each.txt(name));
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return ask(each -> each.reverse(address));
  }

  private <T> DnsAnswer<T> ask(Function<Dns, DnsAnswer<T>> question) {
    asked++;
    Instant start = clock.instant();
    Duration left = Collections.min(List.of(ONE, most.minus(waited), Duration.between(start, end)));
    if (!left.isPositive()) {
      return new DnsAnswer.Failed<>("the name servers were silent or slow for too long");
    }
    DnsAnswer<T> answer = question.apply(dns.within(left));
    if (answer instanceof DnsAnswer.Failed<T>) {
      Duration passed = Duration.between(start, clock.instant());
      waited = passed.isPositive() ? waited.plus(passed) : waited;
    }
    return answer;
  }
}
