package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.MailboxListener;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processors by name, immutable; a reload makes another one.
 *
 * <p>Names with a meaning: {@code root} (every mail starts here), {@code error} (faults of
 * plugins), {@code bounces} (mail the server sends with the null sender), and the session
 * processors {@code connect}, {@code sender}, {@code recipient}, {@code message}, where falling off
 * the end means "allowed" ({@code message}: go on with {@code root}).
 *
 * @param processors by name
 * @param fingerprint tells it from others: a digest of what it was read from; empty where it was
 *     not read
 * @param listeners are told what users do with their mailboxes; of the same plugins
 */
public record Pipeline(
    Map<String, Processor> processors, String fingerprint, List<MailboxListener> listeners) {

  /** Every mail starts here. */
  public static final String ROOT = "root";

  /** Where mails go whose plugin failed. */
  public static final String ERROR = "error";

  /** Where mail with the null sender that was made here starts. */
  public static final String BOUNCES = "bounces";

  /** Session processor: a peer connected. */
  public static final String CONNECT = "connect";

  /** Session processor: MAIL was given. */
  public static final String SENDER = "sender";

  /** Session processor: RCPT was given. */
  public static final String RECIPIENT = "recipient";

  /** Session processor: end of data, before {@code root}. */
  public static final String MESSAGE = "message";

  /** Copies the map and keeps its order, so that problems are found in the order of the file. */
  public Pipeline {
    processors = Collections.unmodifiableMap(new LinkedHashMap<>(processors));
    listeners = List.copyOf(listeners);
  }

  /** One that was not read from a file. */
  public Pipeline(Map<String, Processor> processors) {
    this(processors, "", List.of());
  }

  /** The same, known to be read from something with this digest. */
  public Pipeline withFingerprint(String digest) {
    return new Pipeline(processors, digest, listeners);
  }

  /** The same with these listeners. */
  public Pipeline withListeners(List<MailboxListener> others) {
    return new Pipeline(processors, fingerprint, others);
  }

  /** A processor by name. */
  public Optional<Processor> processor(String name) {
    return Optional.ofNullable(processors.get(name));
  }

  /** Whether a processor of this name has an entry, so that a mail sent there meets a plugin. */
  public boolean asks(String name) {
    Processor processor = processors.get(name);
    return processor != null && !processor.entries().isEmpty();
  }
}
