package dev.postrider.protocol.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.admin.TraceAnswer;
import dev.postrider.kernel.admin.TraceReport;
import dev.postrider.kernel.admin.TraceRequest;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The administrator's operations as resources under {@code /v1}. Knows nothing of sockets. Thread:
 * any; blocks.
 */
final class AdminApi {

  private static final int QUEUE_LIMIT = 10_000;

  private final Administration administration;
  private final Supplier<String> figures;

  /** There from the first question on: it has many classes, and most servers are never asked. */
  private static final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }

  AdminApi(Administration administration, Supplier<String> figures) {
    this.administration = administration;
    this.figures = figures;
  }

  /** Does what the request asks. */
  AdminResponse answer(AdminRequest request) {
    List<String> path = request.path();
    if (path.equals(List.of("metrics"))) {
      return request.method().equals("GET")
          ? AdminResponse.ok(new AdminResponse.Plain(figures.get()))
          : notAllowed();
    }
    if (path.size() < 2 || !path.getFirst().equals("v1")) {
      return nothing();
    }
    String id = path.size() > 2 ? path.get(2) : "";
    String action = path.size() > 3 ? path.get(3) : "";
    try {
      return switch (path.get(1) + (id.isEmpty() ? "" : "/") + (action.isEmpty() ? "" : action)) {
        case "status" -> read(request, administration.status());
        case "domains" -> read(request, administration.domains());
        case "domains/" -> domain(request, id);
        case "users" -> read(request, administration.users());
        case "users/" -> user(request, id);
        case "users/app-passwords" -> appPassword(request, id);
        case "users/mailboxes" -> mailbox(request, id);
        case "aliases" -> read(request, administration.aliases());
        case "aliases/" -> alias(request, id);
        case "queue" -> queue(request);
        case "queue/" -> queueItem(request, id);
        case "queue/retry", "queue/hold", "queue/release" -> queueAction(request, id, action);
        case "bans" -> read(request, administration.bans());
        case "bans/" -> ban(request, id);
        case "fates/" -> read(request, administration.fates(id));
        case "backup" -> backup(request);
        case "reload" -> reload(request);
        case "trace" -> trace(request);
        case "jobs/" -> job(request, id);
        default -> nothing();
      };
    } catch (IOException | IllegalArgumentException e) {
      return AdminResponse.error(400, "the body is not what this request takes");
    }
  }

  private static AdminResponse read(AdminRequest request, Object value) {
    return request.method().equals("GET") ? AdminResponse.ok(value) : notAllowed();
  }

  private AdminResponse domain(AdminRequest request, String name) {
    return switch (request.method()) {
      case "PUT" -> AdminResponse.of(administration.addDomain(name));
      case "DELETE" -> AdminResponse.of(administration.removeDomain(name));
      default -> notAllowed();
    };
  }

  private AdminResponse user(AdminRequest request, String address) throws IOException {
    return switch (request.method()) {
      case "PUT" -> AdminResponse.of(administration.addUser(address, password(request)));
      case "PATCH" -> AdminResponse.of(administration.changePassword(address, password(request)));
      case "DELETE" -> AdminResponse.of(administration.removeUser(address));
      default -> notAllowed();
    };
  }

  private AdminResponse appPassword(AdminRequest request, String address) throws IOException {
    String name = request.path().size() > 4 ? request.path().get(4) : "";
    if (name.isEmpty()) {
      return request.method().equals("GET")
          ? administration.appPasswords(address).map(AdminResponse::ok).orElseGet(AdminApi::nothing)
          : notAllowed();
    }
    return switch (request.method()) {
      case "PUT" ->
          AdminResponse.of(
              administration.addAppPassword(
                  address, name, password(request), texts(request, "uses")));
      case "DELETE" -> AdminResponse.of(administration.removeAppPassword(address, name));
      default -> notAllowed();
    };
  }

  private AdminResponse mailbox(AdminRequest request, String address) throws IOException {
    String folder = request.path().size() > 4 ? request.path().get(4) : "";
    if (request.method().equals("GET")) {
      Optional<? extends List<?>> found =
          folder.isEmpty()
              ? administration.mailboxes(address)
              : administration.messages(address, folder);
      return found.map(AdminResponse::ok).orElseGet(AdminApi::nothing);
    }
    if (!request.method().equals("POST") || folder.isEmpty()) {
      return notAllowed();
    }
    JsonNode body = Json.MAPPER.readTree(request.body().octets());
    List<Long> uids = new ArrayList<>();
    body.path("uids").forEach(uid -> uids.add(uid.asLong()));
    return AdminResponse.of(
        administration.moveMessages(address, folder, uids, body.path("to").asText()));
  }

  private AdminResponse alias(AdminRequest request, String key) throws IOException {
    return switch (request.method()) {
      case "PUT" -> AdminResponse.of(administration.addAlias(key, texts(request, "targets")));
      case "DELETE" -> AdminResponse.of(administration.removeAlias(key));
      default -> notAllowed();
    };
  }

  private AdminResponse queue(AdminRequest request) {
    return switch (request.method()) {
      case "GET" -> AdminResponse.ok(administration.queue(QUEUE_LIMIT));
      case "POST" -> AdminResponse.of(administration.retryAll());
      default -> notAllowed();
    };
  }

  private AdminResponse queueItem(AdminRequest request, String id) {
    return switch (request.method()) {
      case "GET" ->
          administration.queueItem(id).map(AdminResponse::ok).orElseGet(AdminApi::nothing);
      case "DELETE" -> AdminResponse.of(administration.removeFromQueue(id));
      default -> notAllowed();
    };
  }

  private AdminResponse queueAction(AdminRequest request, String id, String action) {
    if (!request.method().equals("POST")) {
      return notAllowed();
    }
    return AdminResponse.of(
        switch (action) {
          case "retry" -> administration.retry(id);
          case "hold" -> administration.hold(id);
          default -> administration.release(id);
        });
  }

  private AdminResponse ban(AdminRequest request, String network) throws IOException {
    return switch (request.method()) {
      case "PUT" -> {
        JsonNode body = Json.MAPPER.readTree(request.body().octets());
        Duration length = Duration.ofSeconds(body.path("seconds").asLong());
        yield AdminResponse.of(administration.ban(network, length, body.path("reason").asText("")));
      }
      case "DELETE" -> AdminResponse.of(administration.unban(network));
      default -> notAllowed();
    };
  }

  private AdminResponse backup(AdminRequest request) throws IOException {
    if (!request.method().equals("POST")) {
      return notAllowed();
    }
    JsonNode body = Json.MAPPER.readTree(request.body().octets());
    return AdminResponse.of(administration.backup(body.path("directory").asText()));
  }

  private AdminResponse reload(AdminRequest request) {
    return request.method().equals("POST")
        ? AdminResponse.of(administration.reload())
        : notAllowed();
  }

  private AdminResponse job(AdminRequest request, String name) {
    return request.method().equals("POST")
        ? AdminResponse.of(
            administration.job(
                name,
                request.query().getOrDefault("argument", List.of()),
                Content.of(request.body().octets())))
        : notAllowed();
  }

  private AdminResponse trace(AdminRequest request) {
    if (!request.method().equals("POST")) {
      return notAllowed();
    }
    TraceRequest trace =
        new TraceRequest(
            request.parameter("from"),
            request.query().getOrDefault("to", List.of()),
            request.parameter("client"),
            request.parameter("helo"),
            request.parameter("login"),
            Content.of(request.body().octets()));
    return switch (administration.trace(trace)) {
      case TraceAnswer.Traced(TraceReport report) -> AdminResponse.ok(report);
      case TraceAnswer.Refused(AdminAnswer.Refused why) -> AdminResponse.of(why);
    };
  }

  private String password(AdminRequest request) throws IOException {
    return Json.MAPPER.readTree(request.body().octets()).path("password").asText();
  }

  private List<String> texts(AdminRequest request, String field) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : Json.MAPPER.readTree(request.body().octets()).path(field)) {
      texts.add(text.asText());
    }
    return texts;
  }

  /** The body of a response. */
  byte[] written(AdminResponse response) {
    if (response.body() instanceof AdminResponse.Plain(String text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Json.MAPPER.writeValueAsBytes(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a response can't be written as JSON", e);
    }
  }

  private static AdminResponse nothing() {
    return AdminResponse.error(404, "there is nothing of that name");
  }

  private static AdminResponse notAllowed() {
    return new AdminResponse(405, Map.of("done", false, "text", "not by this method"));
  }
}
