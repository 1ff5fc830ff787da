package dev.postrider.dist.durability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections from several addresses that say an octet now and then and never finish a line. */
final class SlowCrowd implements AutoCloseable {
  private static final int ADDRESSES = 20;

  private final List<SocketChannel> connections = new ArrayList<>();

  /** Opens so many connections to a port of loopback. */
  void connect(int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      connections.add(channel);
      InetAddress from = InetAddress.ofLiteral("127.0.0." + (10 + i % ADDRESSES));
      channel.bind(new InetSocketAddress(from, 0));
      channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      channel.configureBlocking(false);
    }
  }

  /** One octet on each; how many connections took it. */
  int sayAnOctet() {
    int taken = 0;
    for (SocketChannel channel : connections) {
      try {
        taken += channel.write(ByteBuffer.wrap(new byte[] {'N'}));
      } catch (IOException e) {
        // Counted as gone: the number of those that took it tells.
        taken += 0;
      }
    }
    return taken;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : connections) {
      channel.close();
    }
  }
}
