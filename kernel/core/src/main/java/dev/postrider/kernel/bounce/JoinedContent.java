package dev.postrider.kernel.bounce;

import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Several contents, one after the other; nothing is copied. */
final class JoinedContent implements Content {

  private final List<Content> parts;
  private final long size;

  JoinedContent(List<Content> parts) {
    this.parts = List.copyOf(parts);
    this.size = parts.stream().mapToLong(Content::size).sum();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    List<InputStream> streams = new ArrayList<>();
    long skip = offset;
    for (Content part : parts) {
      if (skip >= part.size()) {
        skip -= part.size();
      } else {
        streams.add(part.open(skip));
        skip = 0;
      }
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
