package dev.postrider.dist.home;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** A server only writes; its many classes need not be there. */
  private static final class Reader {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }

  /** The file of a data directory. */
  public static ListenersFile in(Path data) {
    return new ListenersFile(data.resolve("listeners.json"));
  }

  /** Writes all at once, so that nobody reads half of it. */
  public void write(Map<String, InetSocketAddress> listeners) throws IOException {
    Path fresh = path.resolveSibling("listeners.json.new");
    try (OutputStream out = Files.newOutputStream(fresh);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (Map.Entry<String, InetSocketAddress> each : listeners.entrySet()) {
        json.writeStringField(each.getKey(), shown(each.getValue()));
      }
      json.writeEndObject();
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The address of a listener; empty where the file or the name is missing. */
  public Optional<InetSocketAddress> read(String name) {
    try {
      Map<String, String> all =
          Reader.MAPPER.readValue(
              Files.readAllBytes(path), new TypeReference<Map<String, String>>() {});
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
