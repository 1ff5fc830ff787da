package dev.postrider.protocol.testkit;

import java.util.List;

/** What others took for the end of content, and nobody may (RFC 5321 §4.1.1.4). */
public final class DotEndings {

  private DotEndings() {}

  /** Everything like a dot on a line of its own, but the one that is. */
  public static List<String> wrong() {
    return List.of(
        "\n.\n",
        "\r.\r",
        "\r.\n",
        "\n.\r",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r\n",
        "\r\n.\r",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\r\n",
        "\r\r\n.\r\r\n");
  }
}
