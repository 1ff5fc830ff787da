package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.RunObserver;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the runs of mails with a message. A run hands over what it was made of; a thread of the
 * recorder writes it. Where that thread can't follow, or the disk can't be written, flights are
 * left out and counted: no mail waits for its record, and none is refused for it.
 */
public final class FlightRecorder implements RunObserver {

  private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);
  private static final int WAITING = 64;

  private sealed interface Handed {
    /** A flight, and the octets of its message that are kept. */
    record Over(Flight flight, ByteBuffer message) implements Handed {}

    /** Nothing comes after it. */
    record End() implements Handed {}
  }

  private final FlightFolder folder;
  private final FlightLimits limits;
  private final Path pipelineFile;
  private final InstantSource clock;
  private final BlockingQueue<Handed> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong second = new AtomicLong();
  private final AtomicLong inSecond = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private final FlightJson json = new FlightJson();
  private final Thread writer;
  private boolean failed;
  private String kept = "";

  /**
   * Starts the thread that writes.
   *
   * @param pipelineFile what pipelines are read from; each one that flights went through is kept
   */
  public FlightRecorder(
      FlightFolder folder, FlightLimits limits, Path pipelineFile, InstantSource clock) {
    this.folder = folder;
    this.pipelineFile = pipelineFile;
    this.limits = limits;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("flight recorder").start(this::writeAll);
  }

  @Override
  public Observation begin(Pipeline pipeline, String processor, Mail mail) {
    if (mail.stage() != Stage.MESSAGE || limits.mails() == 0) {
      return NONE.begin(pipeline, processor, mail);
    }
    if (!inTime()) {
      leftOut.incrementAndGet();
      return NONE.begin(pipeline, processor, mail);
    }
    return new Recording(pipeline.fingerprint(), processor, mail);
  }

  private boolean inTime() {
    long now = clock.instant().getEpochSecond();
    long before = second.getAndSet(now);
    if (before != now) {
      inSecond.set(0);
    }
    return inSecond.incrementAndGet() <= limits.perSecond();
  }

  /** How many runs were not recorded, because there were too many at once or the disk failed. */
  public long leftOut() {
    return leftOut.get();
  }

  private final class Recording implements Observation {
    private final String pipeline;
    private final String processor;
    private final Mail mail;
    private final Noted noted = new Noted();

    Recording(String pipeline, String processor, Mail mail) {
      this.pipeline = pipeline;
      this.processor = processor;
      this.mail = mail;
    }

    @Override
    public <T> T around(Supplier<T> plugin) {
      return noted.around(plugin);
    }

    // The message is read here: once the run is over its content may be gone.
    @Override
    public void end(PipelineRun run) {
      try {
        boolean whole = mail.message().size() <= limits.largestMessage().octets();
        byte[] message = whole ? octets(mail.message()) : mail.message().headers().octets();
        Flight flight =
            new Flight(
                clock.instant(),
                processor,
                mail.withMessage(Message.none()),
                whole,
                pipeline,
                noted.answers(),
                Decided.fates(run),
                Decided.digest(mail, run));
        if (!waiting.offer(new Handed.Over(flight, ByteBuffer.wrap(message)))) {
          leftOut.incrementAndGet();
        }
      } catch (IOException | RuntimeException e) {
        leftOut.incrementAndGet();
        LOG.warn("the run of mail {} is not recorded: {}", mail.id(), e.toString());
      }
    }
  }

  private static byte[] octets(Content message) throws IOException {
    try (InputStream in = message.open()) {
      return in.readAllBytes();
    }
  }

  private void writeAll() {
    try {
      while (waiting.take() instanceof Handed.Over next) {
        write(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Handed.Over handed) {
    try {
      keepPipeline(handed.flight().pipeline());
      folder.add(
          FlightFile.record(json.write(handed.flight()), handed.message().array()),
          handed.flight().pipeline());
      failed = false;
    } catch (IOException | RuntimeException e) {
      leftOut.incrementAndGet();
      if (!failed) {
        LOG.warn("the flight recorder can't write: {}; mail is not affected", e.toString());
      }
      failed = true;
    }
  }

  // The file may have been changed without a reload; a replay looks whether it is the right one.
  private void keepPipeline(String fingerprint) throws IOException {
    if (!kept.equals(fingerprint)) {
      folder.keepPipeline(fingerprint, Files.readAllBytes(pipelineFile));
      kept = fingerprint;
    }
  }

  /** Writes what waits, and ends. */
  public void stop() throws IOException, InterruptedException {
    waiting.put(new Handed.End());
    writer.join();
    folder.close();
  }
}
