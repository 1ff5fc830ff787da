package dev.postrider.mailet.authentication.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Undoes gzip and zip within limits: {@value #LARGEST} octets come out at most, no more than
 * {@value #RATIO} for each that went in, and only the first entry of an archive is read.
 */
final class Unpacked {

  static final int LARGEST = 16 << 20;
  static final int RATIO = 200;
  private static final int FREE = 64 << 10;

  private Unpacked() {}

  /**
   * What is in it; itself where it is not packed.
   *
   * @throws IOException when it is broken or too much comes out
   */
  static byte[] of(byte[] packed) throws IOException {
    if (packed.length > 2 && (packed[0] & 0xff) == 0x1f && (packed[1] & 0xff) == 0x8b) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        return limited(in, packed.length);
      }
    }
    if (packed.length > 2 && packed[0] == 'P' && packed[1] == 'K') {
      try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(packed))) {
        ZipEntry entry = in.getNextEntry();
        if (entry == null || entry.isDirectory()) {
          throw new IOException("the archive has no file");
        }
        return limited(in, packed.length);
      }
    }
    return packed;
  }

  private static byte[] limited(InputStream in, int packed) throws IOException {
    long most = Math.min(LARGEST, Math.max(FREE, (long) packed * RATIO));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      out.write(block, 0, n);
      if (out.size() > most) {
        throw new IOException("more than " + most + " octets come out");
      }
    }
    return out.toByteArray();
  }
}
