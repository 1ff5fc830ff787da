package dev.postrider.dist.home;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code data/listeners.json}: the addresses of a running server by the names of its listeners, as
 * in {@code {"smtp": "127.0.0.1:2025"}}. There from the moment the server is ready until it stops;
 * a killed server leaves it behind.
 *
 * @param path where it is
 */
public record ListenersFile(Path path) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The file of a data directory. */
  public static ListenersFile in(Path data) {
    return new ListenersFile(data.resolve("listeners.json"));
  }

  /** Writes all at once, so that nobody reads half of it. */
  public void write(Map<String, InetSocketAddress> listeners) throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    listeners.forEach((name, address) -> shown.put(name, shown(address)));
    Path fresh = path.resolveSibling("listeners.json.new");
    Files.write(fresh, JSON.writeValueAsBytes(shown));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The address of a listener; empty where the file or the name is missing. */
  public Optional<InetSocketAddress> read(String name) {
    try {
      Map<String, String> all =
          JSON.readValue(Files.readAllBytes(path), new TypeReference<Map<String, String>>() {});
      return Optional.ofNullable(all.get(name)).map(ListenersFile::parsed);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // as good as missing: nobody can be reached by it
    }
  }

  /** Removes it. */
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  /** {@code 127.0.0.1:25} or {@code [::1]:25}. */
  public static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  private static InetSocketAddress parsed(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replace("[", "").replace("]", "");
    return new InetSocketAddress(
        InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
  }
}
