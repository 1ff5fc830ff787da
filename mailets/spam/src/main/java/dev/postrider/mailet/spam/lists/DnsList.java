package dev.postrider.mailet.spam.lists;

import dev.postrider.mailet.spam.score.Finding;
import dev.postrider.mailet.spam.score.Points;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.service.Dns;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks lists of addresses about the sending host; {@code SpamScore} adds up what they say. */
@Doc(
    "Looks the sending host up in lists of the DNS, such as blocklists and lists of good hosts, and"
        + " leaves points for SpamScore. A list that does not answer says nothing.")
@Does(Action.SET_ANY_ATTRIBUTE)
public final class DnsList implements Mailet {

  private final Dns dns;
  private final InstantSource clock;
  private final List<ListedZone> lists;
  private final Duration deadline;

  /** Asks these lists. */
  public DnsList(
      Dns dns,
      InstantSource clock,
      @Param(
              name = "list",
              doc =
                  "A list and the points of its answers: bl.example.org 3, or bl.example.org"
                      + " 127.0.0.2=4 127.0.0.10-127.0.0.11=1.5; negative points for good hosts.")
          List<ListedZone> list,
      @Param(name = "deadline", doc = "For all lists together.", defaultValue = "3s")
          Duration deadline) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("name at least one <list>");
    }
    ListLookup.check(deadline);
    this.dns = dns;
    this.clock = clock;
    this.lists = List.copyOf(list);
    this.deadline = deadline;
  }

  @Override
  public Outcome process(Mail mail) {
    InetAddress address = mail.client().address();
    if (!isPublic(address)) {
      return Outcome.next(mail);
    }
    ListLookup lookup = new ListLookup(dns, clock, deadline);
    String entry = ListLookup.entry(address);
    Mail found = mail;
    for (ListedZone list : lists) {
      Optional<Points> points = lookup.ask(list, entry);
      if (points.isPresent()) {
        found = new Finding("dns-list", points.get(), list.zone()).on(found);
      }
    }
    return Outcome.next(found);
  }

  // Lists know nothing of these, and their names would tell strangers of the network here.
  private static boolean isPublic(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isSiteLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }
}
