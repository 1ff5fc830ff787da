package dev.postrider.kernel.bounce;

import dev.postrider.kernel.bounce.BounceRequest.Kind;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.ReturnContent;
import java.io.IOException;
import java.io.InputStream;

/**
 * What of the mail goes back: all of it or its header (RFC 3461 §4.3).
 *
 * @param type the media type
 * @param content the octets
 * @param eightBit whether there are octets above 127
 */
record ReturnedPart(String type, Content content, boolean eightBit) {

  /**
   * The whole mail only goes with a failure, where the sender did not want the header alone, the
   * mail is small enough, and it is made of lines.
   */
  static ReturnedPart of(BounceRequest request, Headers headers, int fullLimit, boolean utf8)
      throws IOException {
    boolean full =
        request.kind() == Kind.FAILED
            && request.envelope().returnContent() != ReturnContent.HEADERS
            && request.envelope().bodyType() != BodyType.BINARY_MIME
            && request.message().size() <= fullLimit;
    if (full) {
      boolean eightBit = hasHighOctet(request.message());
      return new ReturnedPart(
          utf8 ? "message/global" : "message/rfc822", request.message(), eightBit);
    }
    byte[] octets = headers.octets();
    boolean eightBit = utf8 && mask(octets.clone());
    if (!utf8) {
      mask(octets);
    }
    return new ReturnedPart(
        utf8 ? "message/global-headers" : "text/rfc822-headers", Content.of(octets), eightBit);
  }

  void writeHeaderTo(ReportText out) {
    out.field("Content-Type", type);
    if (eightBit) {
      out.field("Content-Transfer-Encoding", "8bit");
    }
    out.line("");
  }

  private static boolean mask(byte[] octets) {
    boolean found = false;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] < 0) {
        octets[i] = '?';
        found = true;
      }
    }
    return found;
  }

  private static boolean hasHighOctet(Content content) throws IOException {
    byte[] buffer = new byte[8192];
    try (InputStream in = content.open()) {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] < 0) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
