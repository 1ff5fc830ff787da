package dev.postrider.dist.command;

import dev.postrider.dist.home.DemoHome;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.server.Composition;
import dev.postrider.dist.server.Server;
import dev.postrider.dist.startup.StartupCache;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: runs the server until it is asked to stop. */
@Command(name = "serve", description = "Runs the server until it is asked to stop (SIGTERM).")
final class ServeCommand implements Callable<Integer> {

  private final Console console;

  @ArgGroup(multiplicity = "1")
  private final Which which = new Which();

  /** Which home. */
  static final class Which {
    @Option(names = "--home", paramLabel = "DIR", description = "the directory of the server")
    private Optional<Path> home = Optional.empty();

    @Option(
        names = "--demo",
        description =
            "a new home with two users, on loopback, with ports 2000 above the usual ones")
    private boolean demo;
  }

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    return which.demo ? demo() : serve(new Home(which.home.orElseThrow()), false);
  }

  /**
   * Serves when it is asked to in the plainest words, {@code serve --home DIR} or {@code serve
   * --demo}, and tells the exit code; else empty.
   *
   * <p>These are how servers are started, and picocli would be the longest part of it: its classes
   * are of an age that the start-up cache does not take.
   */
  static OptionalInt plainly(Console console, String... arguments) throws InterruptedException {
    if (arguments.length < 2 || !arguments[0].equals("serve")) {
      return OptionalInt.empty();
    }
    ServeCommand command = new ServeCommand(console);
    if (arguments.length == 2 && arguments[1].equals("--demo")) {
      return OptionalInt.of(command.demo());
    }
    boolean home = arguments.length == 3 && arguments[1].equals("--home");
    return home && !arguments[2].isEmpty() && !arguments[2].startsWith("-")
        ? OptionalInt.of(command.serve(new Home(Path.of(arguments[2])), false))
        : OptionalInt.empty();
  }

  private int demo() throws InterruptedException {
    return serve(DemoHome.make(Installation.current()), true);
  }

  private int serve(Home home, boolean demo) throws InterruptedException {
    Server server = Composition.start(home, demo);
    server.endWithProcess();
    if (demo) {
      tellDemo(home, server.listeners()); // and SIGHUP ends it: its terminal was closed
    } else {
      server.reloadOnHangUp();
    }
    console.say("ready in " + server.millisToReady() + " ms");
    console.out().flush();
    StartupCache.renew();
    server.awaitEnd();
    return Console.DONE;
  }

  private void tellDemo(Home home, Map<String, InetSocketAddress> listeners) {
    console.say("Postrider demo in " + home);
    console.say("users alice@example.test and bob@example.test, password " + DemoHome.PASSWORD);
    listeners.forEach(
        (name, address) -> console.say("  %-12s %s".formatted(name, ListenersFile.shown(address))));
    if (!listeners.containsKey("lmtp")) {
      console.say("  %-12s off, as asked for, or because its port is taken".formatted("lmtp"));
    }
    InetSocketAddress submission = listeners.get("submission");
    InetSocketAddress pop3s = listeners.get("pop3s");
    if (submission != null && pop3s != null) {
      console.say("A first thing to try: alice writes to bob, bob fetches it.");
      console.say(
          "  swaks --server %s --tls --auth-user alice@example.test --auth-password %s \\"
              .formatted(ListenersFile.shown(submission), DemoHome.PASSWORD));
      console.say("        --from alice@example.test --to bob@example.test");
      console.say(
          "  curl --insecure --user bob@example.test:%s pop3s://%s/1"
              .formatted(DemoHome.PASSWORD, ListenersFile.shown(pop3s)));
    }
  }
}
