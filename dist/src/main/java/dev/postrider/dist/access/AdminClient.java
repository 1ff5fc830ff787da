package dev.postrider.dist.access;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.admin.AliasView;
import dev.postrider.kernel.admin.AppPasswordView;
import dev.postrider.kernel.admin.BanView;
import dev.postrider.kernel.admin.FateLine;
import dev.postrider.kernel.admin.MailboxView;
import dev.postrider.kernel.admin.MessageView;
import dev.postrider.kernel.admin.QueueItem;
import dev.postrider.kernel.admin.QueueListing;
import dev.postrider.kernel.admin.ServerStatus;
import dev.postrider.kernel.admin.TraceAnswer;
import dev.postrider.kernel.admin.TraceReport;
import dev.postrider.kernel.admin.TraceRequest;
import dev.postrider.kernel.admin.UserView;
import dev.postrider.plugin.Content;
import dev.postrider.protocol.admin.AdminToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Administration of a running server, over its admin listener. */
final class AdminClient implements Administration, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  // The server ends it by its own deadline.
  private static final Duration JOB = Duration.ofDays(1);
  private static final Duration BACKUP = Duration.ofDays(1);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String base;
  private final AdminToken token;

  AdminClient(InetSocketAddress server, AdminToken token) {
    this.base = "http://" + ListenersFile.shown(server);
    this.token = token;
  }

  @Override
  public ServerStatus status() {
    return read(new TypeReference<>() {}, "status");
  }

  @Override
  public List<String> domains() {
    return read(new TypeReference<>() {}, "domains");
  }

  @Override
  public AdminAnswer addDomain(String name) {
    return change("PUT", BodyPublishers.noBody(), "domains", name);
  }

  @Override
  public AdminAnswer removeDomain(String name) {
    return change("DELETE", BodyPublishers.noBody(), "domains", name);
  }

  @Override
  public List<UserView> users() {
    return read(new TypeReference<>() {}, "users");
  }

  @Override
  public AdminAnswer addUser(String address, String password) {
    return change("PUT", body(Map.of("password", password)), "users", address);
  }

  @Override
  public AdminAnswer changePassword(String address, String password) {
    return change("PATCH", body(Map.of("password", password)), "users", address);
  }

  @Override
  public AdminAnswer removeUser(String address) {
    return change("DELETE", BodyPublishers.noBody(), "users", address);
  }

  @Override
  public Optional<List<AppPasswordView>> appPasswords(String address) {
    return find(new TypeReference<>() {}, "users", address, "app-passwords");
  }

  @Override
  public AdminAnswer addAppPassword(
      String address, String name, String password, List<String> uses) {
    BodyPublisher body = body(Map.of("password", password, "uses", uses));
    return change("PUT", body, "users", address, "app-passwords", name);
  }

  @Override
  public AdminAnswer removeAppPassword(String address, String name) {
    return change("DELETE", BodyPublishers.noBody(), "users", address, "app-passwords", name);
  }

  @Override
  public Optional<List<MailboxView>> mailboxes(String address) {
    return find(new TypeReference<>() {}, "users", address, "mailboxes");
  }

  @Override
  public Optional<List<MessageView>> messages(String address, String folder) {
    return find(new TypeReference<>() {}, "users", address, "mailboxes", folder);
  }

  @Override
  public AdminAnswer moveMessages(String address, String folder, List<Long> uids, String to) {
    BodyPublisher body = body(Map.of("uids", uids, "to", to));
    return change("POST", body, "users", address, "mailboxes", folder);
  }

  @Override
  public List<AliasView> aliases() {
    return read(new TypeReference<>() {}, "aliases");
  }

  @Override
  public AdminAnswer addAlias(String key, List<String> targets) {
    return change("PUT", body(Map.of("targets", targets)), "aliases", key);
  }

  @Override
  public AdminAnswer removeAlias(String key) {
    return change("DELETE", BodyPublishers.noBody(), "aliases", key);
  }

  @Override
  public QueueListing queue(int limit) {
    return read(new TypeReference<>() {}, "queue");
  }

  @Override
  public Optional<QueueItem> queueItem(String id) {
    return find(new TypeReference<>() {}, "queue", id);
  }

  @Override
  public AdminAnswer retry(String id) {
    return change("POST", BodyPublishers.noBody(), "queue", id, "retry");
  }

  @Override
  public AdminAnswer retryAll() {
    return change("POST", BodyPublishers.noBody(), "queue");
  }

  @Override
  public AdminAnswer hold(String id) {
    return change("POST", BodyPublishers.noBody(), "queue", id, "hold");
  }

  @Override
  public AdminAnswer release(String id) {
    return change("POST", BodyPublishers.noBody(), "queue", id, "release");
  }

  @Override
  public AdminAnswer removeFromQueue(String id) {
    return change("DELETE", BodyPublishers.noBody(), "queue", id);
  }

  @Override
  public List<BanView> bans() {
    return read(new TypeReference<>() {}, "bans");
  }

  @Override
  public AdminAnswer ban(String network, Duration length, String reason) {
    Map<String, Object> ban = Map.of("seconds", length.toSeconds(), "reason", reason);
    return change("PUT", body(ban), "bans", network);
  }

  @Override
  public AdminAnswer unban(String network) {
    return change("DELETE", BodyPublishers.noBody(), "bans", network);
  }

  @Override
  public List<FateLine> fates(String mailId) {
    return read(new TypeReference<>() {}, "fates", mailId);
  }

  @Override
  public AdminAnswer backup(String directory) {
    BodyPublisher body = body(Map.of("directory", directory));
    return answer(send("POST", body, path("backup"), BACKUP));
  }

  @Override
  public AdminAnswer reload() {
    return change("POST", BodyPublishers.noBody(), "reload");
  }

  @Override
  public AdminAnswer job(String name, List<String> arguments, Content input) {
    String query =
        arguments.stream()
            .map(argument -> "argument=" + encoded(argument))
            .collect(Collectors.joining("&", "?", ""));
    try (InputStream in = input.open()) {
      byte[] octets = in.readAllBytes();
      return answer(
          send("POST", BodyPublishers.ofByteArray(octets), path("jobs", name) + query, JOB));
    } catch (IOException e) {
      throw new Refusal("what the job shall read can't be read: " + Reasons.of(e));
    }
  }

  @Override
  public TraceAnswer trace(TraceRequest request) {
    String to = request.to().stream().map(a -> "&to=" + encoded(a)).collect(Collectors.joining());
    String query =
        "?from=%s&client=%s&helo=%s&login=%s%s"
            .formatted(
                encoded(request.from()),
                encoded(request.client()),
                encoded(request.helo()),
                encoded(request.login()),
                to);
    try (InputStream message = request.message().open()) {
      byte[] octets = message.readAllBytes();
      HttpResponse<byte[]> response =
          send("POST", BodyPublishers.ofByteArray(octets), path("trace") + query);
      return response.statusCode() == 200
          ? new TraceAnswer.Traced(parsed(response, new TypeReference<TraceReport>() {}))
          : new TraceAnswer.Refused(refusal(parsed(response, new TypeReference<JsonNode>() {})));
    } catch (IOException e) {
      throw new Refusal("the message can't be read: " + Reasons.of(e));
    }
  }

  private <T> T read(TypeReference<T> type, String... path) {
    return parsed(send("GET", BodyPublishers.noBody(), path(path)), type);
  }

  private <T> Optional<T> find(TypeReference<T> type, String... path) {
    HttpResponse<byte[]> response = send("GET", BodyPublishers.noBody(), path(path));
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(parsed(response, type));
  }

  private AdminAnswer change(String method, BodyPublisher body, String... path) {
    return answer(send(method, body, path(path)));
  }

  private AdminAnswer answer(HttpResponse<byte[]> response) {
    JsonNode node = parsed(response, new TypeReference<JsonNode>() {});
    return node.path("done").asBoolean()
        ? new AdminAnswer.Done(node.path("text").asText())
        : refusal(node);
  }

  private static AdminAnswer.Refused refusal(JsonNode node) {
    return new AdminAnswer.Refused(
        reason(node.path("reason").asText()),
        node.path("text").asText("the server gave no reason"));
  }

  private static AdminAnswer.Reason reason(String name) {
    for (AdminAnswer.Reason reason : AdminAnswer.Reason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return AdminAnswer.Reason.INVALID;
  }

  private <T> T parsed(HttpResponse<byte[]> response, TypeReference<T> type) {
    if (response.statusCode() == 401) {
      throw new Refusal(
          "the server at "
              + base
              + " does not take the token of this home; is it another server's?");
    }
    try {
      return json.readValue(response.body(), type);
    } catch (IOException e) {
      throw new Refusal(
          "the server at %s answered %d and something else than expected; is it another program?"
              .formatted(base, response.statusCode()));
    }
  }

  private HttpResponse<byte[]> send(String method, BodyPublisher body, String path) {
    return send(method, body, path, ANSWER);
  }

  private HttpResponse<byte[]> send(
      String method, BodyPublisher body, String path, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience)
            .header("Authorization", token.authorization())
            .method(method, body)
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new Refusal("the server at " + base + " does not answer: " + Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted while waiting for the server at " + base);
    }
  }

  private BodyPublisher body(Map<String, ?> fields) {
    try {
      return BodyPublishers.ofByteArray(json.writeValueAsBytes(fields));
    } catch (IOException e) {
      throw new IllegalStateException("strings can't be written as JSON", e);
    }
  }

  private static String path(String... segments) {
    StringBuilder out = new StringBuilder("/v1");
    for (String segment : segments) {
      out.append('/').append(encoded(segment));
    }
    return out.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
