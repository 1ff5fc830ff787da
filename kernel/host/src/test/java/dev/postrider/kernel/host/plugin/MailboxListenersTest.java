package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.MailboxMove;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.InMemoryState;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxListenersTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryState state = new InMemoryState();
  private final PluginServices services =
      PluginServices.of(new InMemoryDns(), FixedDirectory.of(), clock)
          .with(PluginState.class, asker -> state);
  private final Problems problems = new Problems();

  @Test
  void aListenerIsMadeWithServices() {
    PluginCatalog catalog = catalog(List.of(Noting.class));
    List<MailboxListener> listeners = catalog.listeners(services, problems);
    listeners.forEach(
        each ->
            each.moved(
                new MailboxMove(
                    "7",
                    EmailAddress.parse("alice@example.test"),
                    "INBOX",
                    "Junk",
                    false,
                    Message.none(),
                    clock.instant())));

    assertThat(problems.sorted()).isEmpty();
    assertThat(state.keys("", "", 10)).containsExactly("7 Junk");
  }

  @Test
  void whatCanNotBeMadeIsTold() {
    catalog(List.of(Asking.class, Hidden.class));
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .satisfiesExactlyInAnyOrder(
            told -> assertThat(told).contains("Asking asks for java.lang.Thread, which the host"),
            told -> assertThat(told).contains("Hidden is no public class with just one"));

    Problems later = new Problems();
    assertThat(catalog(List.of(Failing.class, Noting.class)).listeners(services, later)).hasSize(1);
    assertThat(later.sorted())
        .singleElement()
        .asString()
        .contains(
            "Failing of plugin 'Offering' can't be made: java.lang.IllegalStateException: no");
  }

  private PluginCatalog catalog(List<Class<? extends MailboxListener>> listeners) {
    return PluginLoader.load(List.of(), List.of(new Offering(listeners)), problems);
  }

  private record Offering(List<Class<? extends MailboxListener>> mailboxListeners)
      implements Plugin {}

  /** Remembers what it was told. */
  public static final class Noting implements MailboxListener {
    private final PluginState state;

    /** Takes the state. */
    public Noting(PluginState state) {
      this.state = state;
    }

    @Override
    public void moved(MailboxMove move) {
      state.put(move.id() + " " + move.to(), new byte[0]);
    }
  }

  /** Asks for what nobody lends. */
  public static final class Asking implements MailboxListener {
    /** Takes a thread. */
    public Asking(Thread thread) {}

    @Override
    public void moved(MailboxMove move) {}
  }

  /** Fails. */
  public static final class Failing implements MailboxListener {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("no");
    }

    @Override
    public void moved(MailboxMove move) {}
  }

  static final class Hidden implements MailboxListener {
    @Override
    public void moved(MailboxMove move) {}
  }
}
