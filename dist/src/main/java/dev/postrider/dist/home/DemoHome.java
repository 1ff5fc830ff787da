package dev.postrider.dist.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A home that is made anew for each demo: loopback only, ports 2000 above the usual ones. */
public final class DemoHome {

  /** The domain of the demo. */
  public static final String DOMAIN = "example.test";

  /** The accounts of the demo. */
  public static final List<String> USERS = List.of("alice@" + DOMAIN, "bob@" + DOMAIN);

  /** The password of both. */
  public static final String PASSWORD = "postrider";

  private static final Pattern PORT =
      Pattern.compile("\\$\\{env:POSTRIDER_(?!OUTBOUND)([A-Z0-9]+)_PORT:-(\\d+|off)}");
  private static final int SHIFT = 2000;
  private static final int LMTP = 24;
  private static final String MARK = ".postrider-demo";

  private DemoHome() {}

  /**
   * Makes it. Only a directory that a demo made before is deleted.
   *
   * @throws Refusal when another demo runs there, or the directory is something else
   */
  @SuppressWarnings("StreamResourceLeak") // the lock lives as long as the process
  public static Home make(Installation installation) {
    Home home = new Home(installation.demoHome());
    Path mark = home.directory().resolve(MARK);
    try {
      if (Files.exists(home.directory()) && !Files.exists(mark)) {
        throw new Refusal(
            home + " is in the way of the demo's home and was not made by a demo; move it away");
      }
      Files.createDirectories(home.directory());
      FileChannel lock =
          FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new Refusal("a demo runs in " + home + " already; stop it first");
      }
      clear(home.directory(), mark);
    } catch (IOException | OverlappingFileLockException e) {
      throw new Refusal("the demo's home " + home + " can't be made anew: " + e.getMessage());
    }
    NewHome.make(home, installation, DOMAIN, DemoHome::onLoopback);
    return home;
  }

  private static void clear(Path directory, Path mark) throws IOException {
    List<Path> old;
    try (Stream<Path> tree = Files.walk(directory)) {
      old = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : old) {
      if (!path.equals(mark) && !path.equals(directory)) {
        Files.delete(path);
      }
    }
  }

  // LMTP is off by default; here it is on unless something else has the port.
  static String onLoopback(String configuration) {
    return PORT.matcher(configuration)
        .replaceAll(
            match -> {
              boolean off = match.group(2).equals("off");
              int port = (off ? LMTP : Integer.parseInt(match.group(2))) + SHIFT;
              return "\\${env:POSTRIDER_%s_PORT:-%s}"
                  .formatted(match.group(1), off && !isFree(port) ? "off" : port);
            })
        .replace("${env:POSTRIDER_BIND:-0.0.0.0}", "${env:POSTRIDER_BIND:-127.0.0.1}");
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
