package dev.postrider.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who sends over a connection, and what.
 *
 * @param proxy what a load balancer says first of a client behind it
 * @param mails sent in turn
 */
record Sender(Optional<ByteBuffer> proxy, List<Mail> mails) {

  Sender {
    mails = List.copyOf(mails);
  }

  /**
   * A mail.
   *
   * @param command MAIL
   * @param message with the dot that ends it
   */
  record Mail(ByteBuffer command, List<ByteBuffer> message) {
    Mail {
      message = List.copyOf(message);
    }
  }

  /** One that sends the same message again and again. */
  static Sender of(String from, int size) {
    return new Sender(
        Optional.empty(),
        List.of(
            new Mail(
                Octets.line("MAIL FROM:<" + from + ">"), List.of(Octets.message(from, size)))));
  }

  /**
   * Those of a folder. It has a subfolder for each, named by the IPv4 address that it comes from,
   * with a file for each mail: the address of the sender in a line, then the message.
   */
  static List<Sender> in(Path folder) throws IOException {
    List<Sender> senders = new ArrayList<>();
    for (Path client : children(folder)) {
      List<Mail> mails = new ArrayList<>();
      for (Path file : children(client)) {
        mails.add(mail(Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
      String header = "PROXY TCP4 " + client.getFileName() + " 127.0.0.1 40000 25";
      senders.add(new Sender(Optional.of(Octets.line(header)), mails));
    }
    return senders;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static Mail mail(String text) throws IOException {
    int end = text.indexOf("\r\n");
    if (end < 0) {
      throw new IOException("a mail without an address in its first line");
    }
    String message = text.substring(end + 2).replace("\r\n.", "\r\n..");
    return new Mail(
        Octets.line("MAIL FROM:<" + text.substring(0, end) + ">"),
        List.of(Octets.line(message + ".")));
  }
}
