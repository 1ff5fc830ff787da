package dev.postrider.dist.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.NewHome;
import dev.postrider.protocol.admin.AdminToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

  @TempDir Path directory;

  @Test
  void whoeverListensWhereAKilledServerDidHearsNothing() throws IOException {
    Home home = new Home(directory.resolve("home"));
    Installation sources = new Installation(Path.of("").toAbsolutePath());
    NewHome.make(home, sources, "example.org", UnaryOperator.identity());
    Path data = home.directory().resolve("data");
    AdminToken.readOrMake(data.resolve("admin.token"));
    try (ServerSocketChannel stranger = ServerSocketChannel.open()) {
      stranger.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      stranger.configureBlocking(false);
      ListenersFile.in(data).write(Map.of("admin", (InetSocketAddress) stranger.getLocalAddress()));

      try (Access access = Access.open(home)) {
        assertThat(access.administration().domains()).containsExactly("example.org");
      }

      assertThat(stranger.accept()).isNull();
    }
  }
}
