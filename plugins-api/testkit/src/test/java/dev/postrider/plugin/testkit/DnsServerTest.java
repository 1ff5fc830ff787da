package dev.postrider.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asked by the JDK's own resolver. */
class DnsServerTest {

  private static final String LONG = "v=DKIM1; p=" + "A".repeat(392);

  private final InMemoryDns dns =
      new InMemoryDns()
          .withMx("example.org", 10, "mx.example.org")
          .withMx("example.org", 20, "")
          .withAddress("mx.example.org", "192.0.2.7", "2001:db8::7")
          .withTxt("long.example.org", LONG)
          .withTxt("larger.example.org", LONG + LONG)
          .withReverse("192.0.2.7", "mx.example.org")
          .withReverse("2001:db8::7", "mx.example.org")
          .failing("broken.example", "SERVFAIL");
  private DnsServer server;

  @BeforeEach
  void start() throws IOException {
    server = DnsServer.of(dns);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<?> ask(String name, String type) throws NamingException {
    InitialDirContext context =
        new InitialDirContext(
            new java.util.Hashtable<>(
                Map.of(
                    Context.INITIAL_CONTEXT_FACTORY,
                    "com.sun.jndi.dns.DnsContextFactory",
                    Context.PROVIDER_URL,
                    "dns://127.0.0.1:" + server.address().getPort(),
                    "com.sun.jndi.dns.timeout.retries",
                    "1",
                    "com.sun.jndi.dns.timeout.initial",
                    "5000")));
    try {
      Attribute found = context.getAttributes(name, new String[] {type}).get(type);
      return found == null ? List.of() : Collections.list(found.getAll());
    } finally {
      context.close();
    }
  }

  @Test
  void everyKindOfRecordIsThere() throws NamingException {
    assertThat(ask("example.org", "MX")).isEqualTo(List.of("10 mx.example.org.", "20 ."));
    assertThat(ask("MX.example.org", "A")).isEqualTo(List.of("192.0.2.7"));
    assertThat(ask("mx.example.org", "AAAA")).isEqualTo(List.of("2001:db8::7"));
    assertThat(ask("7.2.0.192.in-addr.arpa", "PTR")).isEqualTo(List.of("mx.example.org."));
    assertThat(ask("7." + "0.".repeat(23) + "8.b.d.0.1.0.0.2.ip6.arpa", "PTR"))
        .isEqualTo(List.of("mx.example.org."));
    String strings = ask("long.example.org", "TXT").getFirst().toString();
    assertThat(strings.replace("\"", "").replace(" A", "A")).isEqualTo(LONG);
  }

  @Test
  void whatIsMissingIsToldFromWhatFails() throws NamingException {
    assertThat(ask("example.org", "TXT")).isEmpty();
    assertThatThrownBy(() -> ask("absent.example", "TXT"))
        .isInstanceOf(NameNotFoundException.class);
    assertThatThrownBy(() -> ask("broken.example", "TXT"))
        .isInstanceOf(ServiceUnavailableException.class);
  }

  @Test
  void whatIsNoQuestionIsPassedOverAndWhatIsTooLargeIsCutOff() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server.address());
      socket.setSoTimeout(5_000);
      socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3));
      byte[] query = new byte[12 + 20 + 4];
      query[5] = 1;
      System.arraycopy(DnsWire.name("larger.example.org"), 0, query, 12, 20);
      query[33] = 16;
      query[35] = 1;
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[600], 600);
      socket.receive(answer);
      assertThat(answer.getLength()).isEqualTo(query.length);
      assertThat(answer.getData()[2] & 2).as("TC").isEqualTo(2);
    }
  }
}
