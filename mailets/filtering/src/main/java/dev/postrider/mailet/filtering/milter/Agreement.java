package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.mailet.filtering.daemon.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What both sides agreed on at the begin of a connection.
 *
 * @param version of the protocol, 2 to 6
 * @param actions that the milter may ask for
 * @param steps what it does not want to hear or does not answer to, and other wishes
 * @param symbols the macros it asked for, by phase
 */
record Agreement(int version, int actions, int steps, Map<Phase, List<String>> symbols) {

  static final int ADD_HEADERS = 0x1;
  static final int CHANGE_BODY = 0x2;
  static final int ADD_RECIPIENTS = 0x4;
  static final int REMOVE_RECIPIENTS = 0x8;
  static final int CHANGE_HEADERS = 0x10;
  static final int QUARANTINE = 0x20;
  static final int CHANGE_SENDER = 0x40;
  static final int ADD_RECIPIENTS_WITH_PARAMETERS = 0x80;

  /** Before anything was agreed on. */
  static final Agreement NONE = new Agreement(0, 0, 0, Map.of());

  private static final int VERSION = 6;
  private static final int OLDEST = 2;
  // All actions of version 6 with the choice of macros.
  private static final int ALL_ACTIONS = 0x1ff;
  // All steps of version 6; rejected recipients (0x800) never get to a milter here.
  private static final int ALL_STEPS = 0x1f_ffff & ~0x800;
  private static final int SKIP = 0x400;
  private static final int LEADING_SPACE = 0x10_0000;

  /** Copies the map. */
  Agreement {
    symbols = Map.copyOf(symbols);
  }

  /** Offers all that this client can do, and reads what the milter takes of it. */
  static Agreement negotiate(Wire wire, Deadline deadline, Duration patience) throws IOException {
    wire.put(
        'O', ByteBuffer.allocate(12).putInt(VERSION).putInt(ALL_ACTIONS).putInt(ALL_STEPS).array());
    Reply reply = wire.read(deadline, patience);
    if (reply.code() != 'O') {
      throw new DaemonFault("it answered the negotiation with " + reply);
    }
    long version = reply.number();
    long actions = reply.number();
    long steps = reply.number();
    if (version < OLDEST || version > VERSION) {
      throw new DaemonFault("it speaks version " + version + " of the protocol, not 2 to 6");
    }
    if ((actions & ~ALL_ACTIONS) != 0 || (steps & ~ALL_STEPS) != 0) {
      throw new DaemonFault(
          "it wants what was not offered: actions %x, steps %x".formatted(actions, steps));
    }
    return new Agreement((int) version, (int) actions, (int) steps, symbols(reply));
  }

  private static Map<Phase, List<String>> symbols(Reply reply) throws DaemonFault {
    Map<Phase, List<String>> symbols = new EnumMap<>(Phase.class);
    while (!reply.isEmpty()) {
      long stage = reply.number();
      String names = reply.text().strip();
      for (Phase phase : Phase.values()) {
        if (phase.symbolStage() == stage) {
          symbols.put(phase, names.isEmpty() ? List.of() : List.of(names.split("[ ,]+")));
        }
      }
    }
    return symbols;
  }

  /** Whether the milter wants to hear of a phase. */
  boolean hears(Phase phase) {
    boolean known = phase != Phase.DATA || version >= 4;
    return known && (steps & phase.skipBit()) == 0;
  }

  /** Whether the milter answers to a phase. */
  boolean answers(Phase phase) {
    return (steps & phase.silentBit()) == 0;
  }

  /** Whether the milter said that it would ask for this. */
  boolean allows(int action) {
    return (actions & action) != 0;
  }

  /** Whether values of header fields keep the space after the colon, in both directions. */
  boolean keepsLeadingSpace() {
    return (steps & LEADING_SPACE) != 0;
  }

  /** Whether the milter may have enough of a body before its end. */
  boolean maySkip() {
    return (steps & SKIP) != 0;
  }

  /** Whether a connection may be used for another mail (QUIT_NC came with version 6). */
  boolean reusable() {
    return version >= VERSION;
  }

  /** The names of the macros to send at a phase. */
  List<String> symbolsOf(Phase phase) {
    return symbols.getOrDefault(phase, phase.symbols());
  }
}
