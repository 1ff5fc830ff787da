package dev.postrider.kernel.host.flight;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * The form of a file of flights: each is a mark, the lengths of its JSON and of its message, their
 * CRC-32C, then both. A file whose end was torn off is read up to there.
 */
final class FlightFile {

  private static final int MARK = 0x50524631;
  private static final int HEAD = 16;
  private static final int LARGEST = 128 << 20;

  private FlightFile() {}

  static byte[] record(byte[] json, byte[] message) {
    ByteBuffer out = ByteBuffer.allocate(HEAD + json.length + message.length);
    out.putInt(MARK).putInt(json.length).putInt(message.length).putInt(checksum(json, message));
    return out.put(json).put(message).array();
  }

  static void write(WritableByteChannel out, byte[] record) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(record);
    while (octets.hasRemaining()) {
      out.write(octets);
    }
  }

  /** Hands each whole flight's JSON and message to the reader, the oldest first. */
  static void read(Path file, BiConsumer<byte[], byte[]> reader) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16))) {
      while (in.readInt() == MARK) {
        int jsonLength = in.readInt();
        int messageLength = in.readInt();
        int checksum = in.readInt();
        if (jsonLength < 0 || messageLength < 0 || jsonLength + (long) messageLength > LARGEST) {
          return;
        }
        byte[] json = in.readNBytes(jsonLength);
        byte[] message = in.readNBytes(messageLength);
        if (message.length < messageLength || checksum != checksum(json, message)) {
          return;
        }
        reader.accept(json, message);
      }
    } catch (EOFException e) {
      return; // the end, torn or not
    }
  }

  private static int checksum(byte[] json, byte[] message) {
    CRC32C crc = new CRC32C();
    crc.update(json);
    crc.update(message);
    return (int) crc.getValue();
  }
}
