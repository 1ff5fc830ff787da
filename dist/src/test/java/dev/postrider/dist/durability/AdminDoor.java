package dev.postrider.dist.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;

/** The admin interface of a running server, as a script of an administrator would use it. */
final class AdminDoor implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  AdminDoor(RunningServer server) throws IOException {
    base = "http://127.0.0.1:" + server.port("admin") + "/v1/";
    token = Files.readString(server.home().resolve("data/admin.token")).strip();
  }

  /** Whether the server said that it did what was asked. */
  boolean ask(String method, String path, String body) throws IOException, InterruptedException {
    return send(method, path, body).path("done").asBoolean();
  }

  /** What waits in spool and queue. */
  JsonNode waiting() throws IOException, InterruptedException {
    return send("GET", "queue", "").path("items");
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    return json.readTree(response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
