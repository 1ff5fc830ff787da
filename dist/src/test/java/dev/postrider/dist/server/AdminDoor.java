package dev.postrider.dist.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;

/**
 * The admin interface of a running server, as a script of an administrator would use it. Asking by
 * it costs no process, unlike the command line.
 */
public final class AdminDoor implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  public AdminDoor(RunningServer server) throws IOException {
    base = "http://127.0.0.1:" + server.port("admin") + "/v1/";
    token = Files.readString(server.home().resolve("data/admin.token")).strip();
  }

  /** What the server said: the HTTP status, whether it did what was asked, and the text. */
  public record Answer(int status, boolean done, String text) {}

  /** Whether the server said that it did what was asked. */
  public boolean ask(String method, String path, String body)
      throws IOException, InterruptedException {
    return json.readTree(send(method, path, body).body()).path("done").asBoolean();
  }

  /** The text that the server answered, of whatever it did or refused. */
  public String told(String method, String path, String body)
      throws IOException, InterruptedException {
    return json.readTree(send(method, path, body).body()).path("text").asText();
  }

  /** What there is of something. */
  public JsonNode read(String path) throws IOException, InterruptedException {
    return json.readTree(send("GET", path, "").body());
  }

  /** What waits in spool and queue. */
  public JsonNode waiting() throws IOException, InterruptedException {
    return read("queue").path("items");
  }

  /** Reads configuration and pipeline anew. */
  public Answer reload() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send("POST", "reload", "");
    JsonNode body = json.readTree(response.body());
    return new Answer(
        response.statusCode(), body.path("done").asBoolean(), body.path("text").asText());
  }

  private HttpResponse<byte[]> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(2))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
