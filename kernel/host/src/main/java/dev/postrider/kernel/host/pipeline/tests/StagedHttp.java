package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import java.net.URI;
import java.util.Map;

/**
 * The answers that a test states; to every other request there is none.
 *
 * @param answers by URL
 */
record StagedHttp(Map<URI, HttpAnswer> answers) implements Http {

  StagedHttp {
    answers = Map.copyOf(answers);
  }

  @Override
  public HttpAnswer exchange(HttpRequest request) {
    HttpAnswer stated = answers.get(request.uri());
    return stated == null
        ? new HttpAnswer.Failed("the test states no answer of " + request.uri())
        : stated;
  }
}
