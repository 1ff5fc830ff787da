package dev.postrider.kernel.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.directory.DirectoryPolicy;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.guard.BanPolicy;
import dev.postrider.kernel.guard.SenderPolicy;
import dev.postrider.kernel.outbound.OutboundPolicy;
import dev.postrider.plugin.EmailAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedConfigurationTest {

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void makeHome() {
    home = new Home(directory);
  }

  private ServerConfig shipped(Map<String, String> environment) {
    ConfigResult result = home.readShipped(environment);
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    return ((ConfigResult.Valid) result).config();
  }

  @Test
  void listensOnTheStandardPortsExceptLmtp() {
    assertThat(shipped(Map.of()).listeners())
        .extracting(listener -> listener.name() + " " + listener.bind().getPort())
        .containsExactly(
            "smtp 25", "submissions 465", "submission 587", "pop3s 995", "pop3 110", "admin 8025");
  }

  @Test
  void requestsOfPluginsGoInsideOnlyWhereAllowed() {
    assertThat(shipped(Map.of()).http().allowPrivate()).isEmpty();
    assertThat(
            shipped(Map.of("POSTRIDER_HTTP_ALLOW_PRIVATE", "127.0.0.1, 10.1.2.0/24"))
                .http()
                .allowPrivate())
        .hasToString("[127.0.0.1/32, 10.1.2.0/24]");
  }

  @Test
  void saysOnlyWhatIsTheDefaultAnyway() {
    ServerConfig config = shipped(Map.of());
    assertThat(config.outbound()).isEqualTo(OutboundPolicy.defaults());
    assertThat(config.login().guard()).isEqualTo(LoginGuardPolicy.defaults());
    assertThat(config.directory()).isEqualTo(DirectoryPolicy.defaults());
    assertThat(config.bans()).isEqualTo(BanPolicy.defaults());
    SenderPolicy usual = SenderPolicy.defaults();
    assertThat(config.senders())
        .isEqualTo(
            new SenderPolicy(
                usual.messages(),
                usual.recipients(),
                usual.newRecipients(),
                usual.burst(),
                usual.watched(),
                usual.exempt(),
                Optional.of(EmailAddress.parse("postmaster@example.test"))));
    assertThat(config.listeners())
        .allSatisfy(listener -> assertThat(listener.limits()).isEqualTo(SessionLimits.defaults()));
    Path root = directory.toAbsolutePath();
    assertThat(config.storage())
        .isEqualTo(
            ((ConfigResult.Valid)
                    home.read(
                        """
                        <postrider>
                          <hostname>mail.example.test</hostname>
                          <listeners><listener name="smtp" protocol="smtp" port="0"/></listeners>
                        </postrider>
                        """,
                        Map.of()))
                .config()
                .storage());
    assertThat(config.pipeline())
        .isEqualTo(
            new PipelineConfig(
                root.resolve("conf/pipeline.xml"),
                root.resolve("plugins"),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                100,
                false));
  }

  @Test
  void nobodyRelaysAndOnlyLoopbackIsTrusted() throws Exception {
    NetworksConfig networks = shipped(Map.of()).networks();
    assertThat(networks.relay()).isEmpty();
    assertThat(networks.trusts(InetAddress.ofLiteral("127.3.2.1"))).isTrue();
    assertThat(networks.trusts(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(networks.trusts(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
  }

  @Test
  void takesEveryPortTheAddressAndTheResolversFromTheEnvironment() {
    ServerConfig config =
        shipped(
            Map.ofEntries(
                Map.entry("POSTRIDER_BIND", "127.0.0.1"),
                Map.entry("POSTRIDER_SMTP_PORT", "2025"),
                Map.entry("POSTRIDER_SUBMISSIONS_PORT", "2465"),
                Map.entry("POSTRIDER_SUBMISSION_PORT", "2587"),
                Map.entry("POSTRIDER_LMTP_PORT", "2024"),
                Map.entry("POSTRIDER_POP3S_PORT", "2995"),
                Map.entry("POSTRIDER_POP3_PORT", "0"),
                Map.entry("POSTRIDER_ADMIN_PORT", "10025"),
                Map.entry("POSTRIDER_DNS", "127.0.0.1:5353,[::1]:53, 192.0.2.53"),
                Map.entry("POSTRIDER_OUTBOUND_PORT", "2626"),
                Map.entry("POSTRIDER_OUTBOUND_ALLOW_PRIVATE", "true"),
                Map.entry("POSTRIDER_RELAY_NETWORKS", "127.0.0.0/8"),
                Map.entry("POSTRIDER_HOSTNAME", "MX.Example.ORG."),
                Map.entry("POSTRIDER_LOG_LEVEL", "debug")));
    assertThat(config.listeners())
        .extracting(listener -> listener.name() + " " + listener.bind())
        .containsExactly(
            "smtp /127.0.0.1:2025",
            "submissions /127.0.0.1:2465",
            "submission /127.0.0.1:2587",
            "lmtp /127.0.0.1:2024",
            "pop3s /127.0.0.1:2995",
            "pop3 /127.0.0.1:0",
            "admin /127.0.0.1:10025");
    assertThat(config.dns().servers())
        .extracting(Object::toString)
        .containsExactly("/127.0.0.1:5353", "/[0:0:0:0:0:0:0:1]:53", "/192.0.2.53:53");
    assertThat(config.outbound().port()).isEqualTo(2626);
    assertThat(config.outbound().allowPrivateDestinations()).isTrue();
    assertThat(config.networks().mayRelay(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    assertThat(config.hostName()).isEqualTo("mx.example.org");
    assertThat(config.logging().level()).isEqualTo(System.Logger.Level.DEBUG);
    assertThat(config.domains()).containsExactly(new LocalDomain("example.test"));
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    assertThat(shipped(Map.of("POSTRIDER_SMTP_PORT", "")).listener("smtp"))
        .hasValueSatisfying(listener -> assertThat(listener.bind().getPort()).isEqualTo(25));
  }
}
