package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** HTTP by the JDK's client, for a server that a test has started. */
record JdkHttp(HttpClient client) implements Http {

  @Override
  public HttpAnswer exchange(dev.postrider.plugin.service.HttpRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(request.deadline())
            .method(
                request.method(),
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofInputStream(() -> open(request.body())),
                    request.body().size()));
    for (HttpField field : request.headers()) {
      builder.header(field.name(), field.value());
    }
    try {
      HttpResponse<byte[]> response =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new HttpAnswer.Answered(response.statusCode(), List.of(), Content.of(response.body()));
    } catch (IOException e) {
      return new HttpAnswer.Failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HttpAnswer.Failed("interrupted");
    }
  }

  private static java.io.InputStream open(Content content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
