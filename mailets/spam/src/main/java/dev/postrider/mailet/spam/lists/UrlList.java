package dev.postrider.mailet.spam.lists;

import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.mailet.spam.reading.Url;
import dev.postrider.mailet.spam.score.Finding;
import dev.postrider.mailet.spam.score.Points;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks lists of names about the links of a mail; {@code SpamScore} adds up what they say. */
@Doc(
    "Looks the hosts of the mail's links up in lists of the DNS (of the SURBL kind) and leaves"
        + " points for SpamScore. A list that does not answer says nothing.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class UrlList implements Mailet {

  private static final int MOST_HOSTS = 100;

  private final Dns dns;
  private final InstantSource clock;
  private final List<ListedZone> lists;
  private final Set<String> trusted;
  private final int maxHosts;
  private final Duration deadline;

  /** Asks these lists. */
  public UrlList(
      Dns dns,
      InstantSource clock,
      @Param(
              name = "list",
              doc =
                  "A list and the points of its answers: uri.example.org 4, or uri.example.org"
                      + " 127.0.0.2=4 127.0.0.4=2.")
          List<ListedZone> list,
      @Param(name = "trusted", doc = "Domains that no list is asked about.") List<String> trusted,
      @Param(
              name = "maxHosts",
              doc = "How many hosts of a mail are looked up at most; which ones, no sender knows.",
              defaultValue = "10")
          int maxHosts,
      @Param(name = "deadline", doc = "For all lists and hosts together.", defaultValue = "3s")
          Duration deadline) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("name at least one <list>");
    }
    ListLookup.check(deadline);
    if (maxHosts < 1 || maxHosts > MOST_HOSTS) {
      throw new IllegalArgumentException("maxHosts is 1 to " + MOST_HOSTS + ", not " + maxHosts);
    }
    this.dns = dns;
    this.clock = clock;
    this.lists = List.copyOf(list);
    this.trusted = trusted.stream().map(Domains::normalise).collect(Collectors.toUnmodifiableSet());
    this.maxHosts = maxHosts;
    this.deadline = deadline;
  }

  @Override
  public Outcome process(Mail mail) {
    ListLookup lookup = new ListLookup(dns, clock, deadline);
    Mail found = mail;
    for (ListedZone list : lists) {
      for (String entry : entries(mail)) {
        Optional<Points> points = lookup.ask(list, entry);
        if (points.isPresent()) {
          // One bad link is enough: ten of them in one mail are not ten times as bad.
          found = new Finding("url-list", points.get(), list.zone() + " " + entry).on(found);
          break;
        }
      }
    }
    return Outcome.next(found);
  }

  private Set<String> entries(Mail mail) {
    try {
      Map<List<String>, Url> hosts = new LinkedHashMap<>();
      for (Url url : Reading.of(mail.message(), Limits.defaults()).urls()) {
        List<String> names = url.domains();
        if (names.stream().noneMatch(trusted::contains)) {
          hosts.putIfAbsent(names, url);
        }
      }
      Set<String> entries = new LinkedHashSet<>();
      chosen(mail, hosts).forEach(host -> entries.addAll(entries(host.getValue(), host.getKey())));
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException("mail " + mail.id() + " can't be read", e);
    }
  }

  // By the mail's number, so that no sender knows behind which ones a link is left out.
  private Stream<Map.Entry<List<String>, Url>> chosen(Mail mail, Map<List<String>, Url> hosts) {
    var all = hosts.entrySet().stream();
    return hosts.size() <= maxHosts
        ? all
        : all.sorted(Comparator.comparingLong(host -> place(mail, host.getKey()))).limit(maxHosts);
  }

  private static long place(Mail mail, List<String> names) {
    return Key.of(mail.id().toString(), String.join(" ", names));
  }

  private static List<String> entries(Url url, List<String> names) {
    if (!url.traits().contains(Url.Trait.ADDRESS)) {
      return names;
    }
    try {
      return List.of(ListLookup.entry(InetAddress.ofLiteral(url.host())));
    } catch (IllegalArgumentException _) {
      // An IPv6 address in brackets: these lists know none.
      return List.of();
    }
  }
}
