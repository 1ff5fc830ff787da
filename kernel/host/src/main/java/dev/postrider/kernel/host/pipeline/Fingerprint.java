package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.port.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tells pipelines apart by what they were read from, placeholders filled in, tests left out. */
final class Fingerprint {

  private static final int SHOWN = 16;

  private Fingerprint() {}

  static String of(XmlNode root) {
    StringBuilder text = new StringBuilder();
    root.children().stream()
        .filter(child -> !child.name().equals(ContainerReader.TEST))
        .forEach(child -> add(child, text));
    MessageDigest digest = Sha256.begin();
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return Sha256.end(digest).substring(0, SHOWN);
  }

  private static void add(XmlNode node, StringBuilder text) {
    text.append('<').append(node.name()).append(' ').append(node.attributes()).append('>');
    text.append(node.text());
    node.children().forEach(child -> add(child, text));
    text.append("</>");
  }
}
