package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtensionsTest extends SmtpClientFixture {

  private static Envelope rich() {
    return new Envelope(
        ReversePath.parse("alice@client.test"),
        List.of(
            new Recipient(
                EmailAddress.parse("bob@peer.test"),
                Set.of(Notify.SUCCESS, Notify.FAILURE),
                Optional.of("rfc822;b+2Bc@peer.test"))),
        Optional.of("QQ1"),
        ReturnContent.HEADERS,
        BodyType.EIGHT_BIT_MIME,
        false);
  }

  @Test
  void parametersGoWhereOffered() throws IOException {
    try (StrictSink sink = new StrictSink(false, "PIPELINING", "SIZE 1000", "8BITMIME", "DSN")) {
      assertThat(send(sink.address(), rich()).dsnOffered()).isTrue();
      assertThat(sink.commands)
          .contains(
              "MAIL FROM:<alice@client.test> SIZE=20 BODY=8BITMIME RET=HDRS ENVID=QQ1",
              "RCPT TO:<bob@peer.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+2Bc@peer.test");
    }
    try (StrictSink sink = new StrictSink(false)) {
      assertThat(send(sink.address(), rich()).dsnOffered()).isFalse();
      assertThat(sink.commands)
          .contains("MAIL FROM:<alice@client.test>", "RCPT TO:<bob@peer.test>");
    }
  }

  @Test
  void aMailBeyondTheDeclaredSizeIsNotSent() throws IOException {
    try (StrictSink sink = new StrictSink(false, "SIZE 10")) {
      Reply reply = reply(send(sink.address(), envelope(BOB)), BOB);

      assertThat(reply.code()).isEqualTo(552);
      assertThat(reply.enhanced()).isEqualTo("5.3.4");
      assertThat(sink.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void internationalisedMailNeedsAPeerThatKnowsIt() throws IOException {
    Envelope envelope = envelope(recipient("jürgen@peer.test"));
    try (StrictSink sink = new StrictSink(false, "8BITMIME")) {
      assertThat(send(sink.address(), envelope).replies().values())
          .extracting(Reply::enhanced)
          .containsExactly("5.6.7");
    }
    try (StrictSink sink = new StrictSink(false, "8BITMIME", "SMTPUTF8")) {
      send(sink.address(), envelope);
      assertThat(sink.commands)
          .contains(
              "MAIL FROM:<alice@client.test> BODY=8BITMIME SMTPUTF8", "RCPT TO:<jürgen@peer.test>");
    }
  }

  @Test
  void aWishForSmtpUtf8WithoutNeedDoesNotKeepMailFromAnOldPeer() throws IOException {
    Envelope plain =
        new Envelope(
            ReversePath.parse("alice@client.test"),
            List.of(BOB),
            Optional.empty(),
            ReturnContent.UNSTATED,
            BodyType.SEVEN_BIT,
            true);
    try (StrictSink sink = new StrictSink(false)) {
      assertThat(reply(send(sink.address(), plain), BOB).code()).isEqualTo(250);
    }
  }

  @Test
  void binaryMailGoesInAChunkUnchangedOrNotAtAll() throws IOException {
    Envelope binary =
        new Envelope(
            ReversePath.NULL,
            List.of(BOB),
            Optional.empty(),
            ReturnContent.UNSTATED,
            BodyType.BINARY_MIME,
            false);
    byte[] octets = {'a', '\n', '.', '\r', 0, (byte) 200, '.', '\n'};
    try (StrictSink sink = new StrictSink(false, "PIPELINING", "CHUNKING", "BINARYMIME");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(binary, Content.of(octets)), BOB).code()).isEqualTo(250);
      assertThat(sink.mails).containsExactly(octets);
      assertThat(sink.commands).contains("MAIL FROM:<> BODY=BINARYMIME");
    }
    try (StrictSink sink = new StrictSink(false, "CHUNKING");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(binary, Content.of(octets)), BOB).enhanced())
          .isEqualTo("5.6.1");
    }
  }
}
