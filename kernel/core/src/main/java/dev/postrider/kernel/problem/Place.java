package dev.postrider.kernel.problem;

/**
 * A place in a file.
 *
 * @param file as the person named it, usually relative to the home: {@code conf/pipeline.xml}
 * @param line from 1; 0 where the file as a whole is meant
 */
public record Place(String file, int line) {

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
