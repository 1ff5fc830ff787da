package dev.postrider.kernel.host.flight;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the flight recorder in one folder: a ring of some files, of which the oldest goes
 * when there is enough in the others, and the pipelines that the flights went through, each as long
 * as there is a flight that did. Written by one thread; read by any process. Nothing is synced:
 * after a power cut the latest may be missing.
 */
public final class FlightFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlightFolder.class);
  private static final String END = ".flights";
  private static final String PIPELINE = "pipeline-";
  private static final String XML = ".xml";
  private static final String HALF = ".half";
  private static final int PARTS = 4;

  private final Path folder;
  private final FlightLimits limits;
  private final Deque<Part> parts = new ArrayDeque<>();
  private @Nullable FileChannel out;

  private record Part(Path file, int flights, long octets, Set<String> pipelines) {
    Part plus(int length, String pipeline) {
      Set<String> all = new HashSet<>(pipelines);
      all.add(pipeline);
      return new Part(file, flights + 1, octets + length, all);
    }
  }

  /** Makes no file before there is a flight. */
  public FlightFolder(Path folder, FlightLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Writes a flight.
   *
   * @param pipeline the fingerprint of the pipeline that it went through
   */
  void add(byte[] record, String pipeline) throws IOException {
    if (out == null) {
      Files.createDirectories(folder);
      parts.clear();
      for (Path file : files(folder)) {
        parts.addLast(measured(file));
      }
      next();
      dropPipelines(pipeline);
    }
    Part last = parts.getLast();
    int most = Math.max(1, limits.mails() / PARTS);
    long largest = limits.size().octets() / (PARTS + 1);
    if (last.flights() >= most || (last.flights() > 0 && last.octets() + record.length > largest)) {
      next();
    }
    write(Objects.requireNonNull(out), record, parts.getLast().octets());
    parts.addLast(parts.removeLast().plus(record.length, pipeline));
    drop(pipeline);
  }

  private static void write(FileChannel out, byte[] record, long before) throws IOException {
    try {
      FlightFile.write(out, record);
    } catch (IOException e) {
      // Nothing after a torn flight would be read.
      out.truncate(before);
      throw e;
    }
  }

  private static Part measured(Path file) throws IOException {
    FlightJson reader = new FlightJson();
    Set<String> pipelines = new HashSet<>();
    int[] flights = {0};
    FlightFile.read(
        file,
        (json, message) -> {
          flights[0]++;
          flight(reader, json, message).map(Flight::pipeline).ifPresent(pipelines::add);
        });
    return new Part(file, flights[0], Files.size(file), pipelines);
  }

  private void next() throws IOException {
    close();
    long number = parts.isEmpty() ? 1 : number(parts.getLast().file()) + 1;
    Path file = folder.resolve("%08d%s".formatted(number, END));
    out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    parts.addLast(new Part(file, 0, 0, Set.of()));
  }

  private static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.length() - END.length()));
  }

  private void drop(String inUse) throws IOException {
    int before = parts.size();
    dropOldest();
    if (parts.size() < before) {
      dropPipelines(inUse);
    }
  }

  // Also what was half written when the server was killed.
  private void dropPipelines(String inUse) throws IOException {
    Set<String> needed = new HashSet<>(Set.of(pipelineName(inUse)));
    parts.forEach(part -> part.pipelines().forEach(each -> needed.add(pipelineName(each))));
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = String.valueOf(file.getFileName());
        boolean ours = (name.startsWith(PIPELINE) && name.endsWith(XML)) || name.endsWith(HALF);
        if (ours && !needed.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void dropOldest() throws IOException {
    while (parts.size() > 1) {
      Part oldest = parts.getFirst();
      int flights = parts.stream().mapToInt(Part::flights).sum();
      long octets = parts.stream().mapToLong(Part::octets).sum();
      if (flights - oldest.flights() < limits.mails() && octets <= limits.size().octets()) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      parts.removeFirst();
    }
  }

  /** Keeps the file of a pipeline, by its fingerprint; the thread that writes. */
  void keepPipeline(String fingerprint, byte[] xml) throws IOException {
    Files.createDirectories(folder);
    Path kept = pipelineFile(fingerprint);
    if (!Files.exists(kept)) {
      Path half = folder.resolve(fingerprint + HALF);
      Files.write(half, xml);
      Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path pipelineFile(String fingerprint) {
    return folder.resolve(pipelineName(fingerprint));
  }

  private static String pipelineName(String fingerprint) {
    return PIPELINE + fingerprint + XML;
  }

  /** The file of a pipeline that flights went through. */
  public Optional<Path> pipeline(String fingerprint) {
    return Optional.of(pipelineFile(fingerprint)).filter(Files::exists);
  }

  /**
   * Shows all flights, the oldest first.
   *
   * @throws IOException when the folder can't be read; a file that is removed meanwhile is passed
   *     by, and so is a flight that another release wrote in another form
   */
  public void read(Consumer<Flight> reader) throws IOException {
    FlightJson json = new FlightJson();
    for (Path file : files(folder)) {
      try {
        FlightFile.read(file, (text, message) -> flight(json, text, message).ifPresent(reader));
      } catch (NoSuchFileException e) {
        LOG.debug("{} went while it was read: the recorder has gone on", file, e);
      }
    }
  }

  private static Optional<Flight> flight(FlightJson json, byte[] text, byte[] message) {
    try {
      return Optional.of(json.read(text, message));
    } catch (IOException | RuntimeException e) {
      LOG.info("a flight can't be read, another release may have written it: {}", e.toString());
      return Optional.empty();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(
          all.filter(file -> String.valueOf(file.getFileName()).endsWith(END)).sorted().toList());
    }
  }

  /** Closes the file that is being written. */
  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
