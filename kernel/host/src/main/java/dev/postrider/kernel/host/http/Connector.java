package dev.postrider.kernel.host.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections to addresses that were checked.
 *
 * @param tls where the origin wants it
 */
record Connector(Supplier<SSLSocketFactory> tls) {

  /**
   * Connects to the first address that answers, with TLS where the origin asks for it.
   *
   * @param addresses at least one
   * @param time for all of them
   * @throws IOException with a reason for a person
   */
  HttpConnection open(Origin origin, List<InetAddress> addresses, Duration time)
      throws IOException {
    // One address that does not answer must not use up the time of the others.
    long patience = Math.clamp(time.toMillis() / addresses.size(), 1, Integer.MAX_VALUE);
    IOException last = new IOException("there is no address");
    for (InetAddress address : addresses) {
      SocketChannel channel = SocketChannel.open();
      try {
        // The last octets of a request do not wait until the first ones are acknowledged.
        channel.socket().setTcpNoDelay(true);
        channel.socket().connect(new InetSocketAddress(address, origin.port()), (int) patience);
        return connected(origin, address, channel);
      } catch (IOException e) {
        channel.close();
        last = new IOException("can't connect to " + address.getHostAddress() + ": " + e, e);
      }
    }
    throw last;
  }

  private HttpConnection connected(Origin origin, InetAddress address, SocketChannel channel)
      throws IOException {
    try {
      Socket socket = origin.encrypted() ? secured(origin, channel.socket()) : channel.socket();
      return new HttpConnection(origin, address, channel, socket);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private Socket secured(Origin origin, Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.get().createSocket(plain, origin.name(), origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!AddressGuard.isLiteral(origin.host())) {
      parameters.setServerNames(List.of(new SNIHostName(origin.name())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
