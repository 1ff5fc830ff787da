package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextRunTest {

  private static int octetByOctet(byte[] octets, int from, int to) {
    int i = from;
    while (i < to && octets[i] != '\n' && octets[i] != '\r' && octets[i] != 0) {
      i++;
    }
    return i;
  }

  @Test
  void everyOctetAtEveryPlaceIsSeenAsOneLookAtATimeWouldSeeIt() {
    for (int octet = 0; octet < 256; octet++) {
      for (int at = 0; at < 20; at++) {
        byte[] octets = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);
        octets[at] = (byte) octet;
        assertThat(TextRun.end(octets, 0, octets.length))
            .as("octet %s at %s", octet, at)
            .isEqualTo(octetByOctet(octets, 0, octets.length));
      }
    }
  }

  @Test
  void anyOctetsFromAnywhereToAnywhere() {
    Random random = new Random(5);
    byte[] octets = new byte[200];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(octets);
      int from = random.nextInt(octets.length);
      int to = from + random.nextInt(octets.length - from + 1);
      assertThat(TextRun.end(octets, from, to)).isEqualTo(octetByOctet(octets, from, to));
    }
  }
}
