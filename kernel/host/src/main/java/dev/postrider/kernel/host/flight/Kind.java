package dev.postrider.kernel.host.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of question, and how its answers are written.
 *
 * @param name in the record
 * @param write an answer as JSON
 * @param read the answer back
 * @param unknown stands for an answer that was never asked for
 */
record Kind<T>(
    String name, Function<T, JsonNode> write, Function<JsonNode, T> read, Supplier<T> unknown) {

  private static final String NOT_RECORDED = "the answer was not recorded";

  static final Kind<DnsAnswer<MxRecord>> MX =
      dns(
          "mx",
          record -> TextNode.valueOf(record.preference() + " " + record.host()),
          node -> mx(node.asText()));

  static final Kind<DnsAnswer<InetAddress>> ADDRESSES = addresses("addresses");
  static final Kind<DnsAnswer<InetAddress>> IPV4 = addresses("ipv4");
  static final Kind<DnsAnswer<InetAddress>> IPV6 = addresses("ipv6");

  static final Kind<DnsAnswer<String>> TXT = dns("txt", TextNode::valueOf, JsonNode::asText);

  static final Kind<DnsAnswer<String>> REVERSE = dns("ptr", TextNode::valueOf, JsonNode::asText);

  static final Kind<Boolean> DIRECTORY =
      new Kind<>("directory", BooleanNode::valueOf, JsonNode::asBoolean, () -> false);

  static final Kind<Instant> CLOCK =
      new Kind<>(
          "clock",
          now -> TextNode.valueOf(now.toString()),
          node -> Instant.parse(node.asText()),
          () -> Instant.EPOCH);

  static final Kind<String> NAME =
      new Kind<>("name", TextNode::valueOf, JsonNode::asText, () -> "localhost");

  static final Kind<Long> RANDOM =
      new Kind<>("random", LongNode::valueOf, JsonNode::asLong, () -> 0L);

  static final Kind<HttpAnswer> HTTP =
      new Kind<>(
          "http",
          HttpAnswerJson::write,
          HttpAnswerJson::read,
          () -> new HttpAnswer.Failed(NOT_RECORDED));

  static final Kind<Optional<byte[]>> STATE =
      new Kind<>("state", OctetsJson::write, OctetsJson::read, Optional::empty);

  static final Kind<ObservedElsewhere.Told> ELSEWHERE =
      new Kind<>(
          "elsewhere",
          OctetsJson::writeTold,
          OctetsJson::readTold,
          () -> new ObservedElsewhere.Told(null, NOT_RECORDED));

  static final Kind<List<String>> KEYS =
      new Kind<>("keys", OctetsJson::writeTexts, OctetsJson::readTexts, List::of);

  static final Kind<Boolean> CHANGE =
      new Kind<>("change", BooleanNode::valueOf, JsonNode::asBoolean, () -> true);

  private static <R> Kind<DnsAnswer<R>> dns(
      String name, Function<R, JsonNode> write, Function<JsonNode, R> read) {
    return new Kind<>(
        name,
        answer -> DnsAnswerJson.write(answer, write),
        node -> DnsAnswerJson.read(node, read),
        () -> new DnsAnswer.Failed<>(NOT_RECORDED));
  }

  private static Kind<DnsAnswer<InetAddress>> addresses(String name) {
    return dns(
        name,
        address -> TextNode.valueOf(address.getHostAddress()),
        node -> InetAddress.ofLiteral(node.asText()));
  }

  private static MxRecord mx(String text) {
    int space = text.indexOf(' ');
    return new MxRecord(Integer.parseInt(text.substring(0, space)), text.substring(space + 1));
  }
}
