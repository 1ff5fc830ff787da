package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpField;
import dev.postrider.plugin.service.HttpRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * HTTP without a network: answers by URI, and remembers what it was asked. What was not scripted
 * fails. Thread: any.
 *
 * <pre>{@code
 * ScriptedHttp http = new ScriptedHttp().answering("https://filter.test/", 200, "{}");
 * }</pre>
 */
public final class ScriptedHttp implements Http {

  private final Map<URI, Function<HttpRequest, HttpAnswer>> script = new ConcurrentHashMap<>();
  private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();

  /** Answers requests for this URI with a status and a text of JSON. */
  public ScriptedHttp answering(String uri, int status, String json) {
    HttpField type = new HttpField("Content-Type", "application/json");
    Content body = Content.of(json.getBytes(StandardCharsets.UTF_8));
    return answering(uri, _ -> new HttpAnswer.Answered(status, List.of(type), body));
  }

  /** Answers requests for this URI by looking at them. */
  public ScriptedHttp answering(String uri, Function<HttpRequest, HttpAnswer> answer) {
    script.put(URI.create(uri), answer);
    return this;
  }

  /** Lets requests for this URI fail, as a refused connection or a passed deadline does. */
  public ScriptedHttp failing(String uri, String reason) {
    return answering(uri, _ -> new HttpAnswer.Failed(reason));
  }

  /** All requests so far. */
  public List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public HttpAnswer exchange(HttpRequest request) {
    requests.add(request);
    Function<HttpRequest, HttpAnswer> answer = script.get(request.uri());
    return answer == null
        ? new HttpAnswer.Failed("nothing is scripted for " + request.uri())
        : answer.apply(request);
  }
}
