package dev.postrider.dist.reload;

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

/** {@code POST /v1/reload}. */
final class Admin implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI reload;
  private final String token;

  Admin(RunningServer server) throws IOException {
    reload = URI.create("http://127.0.0.1:" + server.port("admin") + "/v1/reload");
    token = Files.readString(server.home().resolve("data/admin.token")).strip();
  }

  /** What a reload came to: whether it was done, and the text. */
  record Answer(int status, boolean done, String text) {}

  Answer reload() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(reload)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    JsonNode body = new ObjectMapper().readTree(response.body());
    return new Answer(
        response.statusCode(), body.path("done").asBoolean(), body.path("text").asText());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
