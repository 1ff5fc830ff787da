package dev.postrider.dist.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For programs that can't be told to take any free port. */
final class FreePort {

  private FreePort() {}

  static int next() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
