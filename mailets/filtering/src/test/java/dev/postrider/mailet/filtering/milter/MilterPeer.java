package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A milter of a script on loopback: what it negotiates, and the octets that it answers to each
 * command. Commands without a script are answered with "continue". It keeps what it heard.
 */
final class MilterPeer implements AutoCloseable {

  private final ServerSocket door;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Map<Character, byte[]> script = new HashMap<>();
  private final Map<Character, Deque<byte[]>> turns = new HashMap<>();
  private byte[] negotiation = agreement(6, 0x1ff, 0);
  private int silent;

  MilterPeer() throws IOException {
    door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  static byte[] agreement(int version, int actions, int steps) {
    return ByteBuffer.allocate(12).putInt(version).putInt(actions).putInt(steps).array();
  }

  /** Negotiates this version, actions and steps. */
  MilterPeer negotiating(int version, int actions, int steps) {
    negotiation = agreement(version, actions, steps);
    silent = steps;
    return this;
  }

  /** Asks for macros at a stage. */
  MilterPeer wantingMacros(int stage, String names) {
    byte[] text = (names + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(negotiation.length + 4 + text.length);
    negotiation = all.put(negotiation).putInt(stage).put(text).array();
    return this;
  }

  /** Answers a command with these octets, frames and all. */
  MilterPeer answering(char command, byte[]... octets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : octets) {
      all.writeBytes(each);
    }
    script.put(command, all.toByteArray());
    return this;
  }

  /** Answers a command with one of these after the other, and then with "continue". */
  MilterPeer answeringInTurn(char command, byte[]... octets) {
    turns.put(command, new ArrayDeque<>(List.of(octets)));
    return this;
  }

  /** A frame whose data is text of ISO-8859-1. */
  static byte[] frame(char code, String data) {
    byte[] octets = data.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(5 + octets.length)
        .putInt(octets.length + 1)
        .put((byte) code)
        .put(octets)
        .array();
  }

  /** A frame whose data begins with a number. */
  static byte[] frame(char code, int number, String data) {
    String front =
        new String(ByteBuffer.allocate(4).putInt(number).array(), StandardCharsets.ISO_8859_1);
    return frame(code, front + data);
  }

  MilterPeer start() {
    Thread.ofVirtual().start(this::serve);
    return this;
  }

  int port() {
    return door.getLocalPort();
  }

  DaemonAddress address() {
    return new DaemonAddress.Inet("127.0.0.1", port());
  }

  /** What it heard: the code and the data of each command, NUL as {@code |}. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** How many connections it took. */
  int connections() {
    return sockets.size();
  }

  /** Ends all connections, as a milter does that has no patience with idle ones. */
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        byte[] frame = in.readNBytes(in.readInt());
        char code = (char) frame[0];
        heard.add(new String(frame, StandardCharsets.ISO_8859_1).replace('\0', '|'));
        answer(code, socket.getOutputStream());
        if (code == 'Q') {
          return;
        }
      }
    } catch (IOException e) {
      // The client under test has hung up.
      return;
    }
  }

  private void answer(char code, OutputStream out) throws IOException {
    byte[] turn = turns.getOrDefault(code, new ArrayDeque<>()).poll();
    if (turn != null) {
      out.write(turn);
    } else if (script.containsKey(code)) {
      out.write(script.get(code));
    } else if (code == 'O') {
      out.write(frame('O', new String(negotiation, StandardCharsets.ISO_8859_1)));
    } else if ("DAQK".indexOf(code) < 0 && answers(code)) {
      out.write(frame('c', ""));
    }
  }

  private boolean answers(char code) {
    for (Phase phase : Phase.values()) {
      if (phase.command() == code) {
        return (silent & phase.silentBit()) == 0;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    door.close();
    hangUp();
  }
}
