package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.xml.XmlNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells pipelines apart by what they were read from, placeholders filled in, tests left out. */
final class Fingerprint {

  private static final int SHOWN = 16;

  private Fingerprint() {}

  static String of(XmlNode root) {
    StringBuilder text = new StringBuilder();
    root.children().stream()
        .filter(child -> !child.name().equals(ContainerReader.TEST))
        .forEach(child -> add(child, text));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(XmlNode node, StringBuilder text) {
    text.append('<').append(node.name()).append(' ').append(node.attributes()).append('>');
    text.append(node.text());
    node.children().forEach(child -> add(child, text));
    text.append("</>");
  }
}
