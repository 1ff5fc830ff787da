package dev.postrider.mailet.filtering.milter;

import java.util.List;

/** What a milter is told, in this order, with the bits that switch it and its answer off. */
enum Phase {
  CONNECT('C', 0x1, 0x1000, 0, "j {daemon_name} {client_addr} v _"),
  HELO('H', 0x2, 0x2000, 1, "{tls_version}"),
  MAIL('M', 0x4, 0x4000, 2, "i {auth_type} {auth_authen} {mail_addr} {mail_host} {mail_mailer}"),
  RCPT('R', 0x8, 0x8000, 3, "{rcpt_addr} {rcpt_host} {rcpt_mailer}"),
  DATA('T', 0x200, 0x1_0000, 4, "i"),
  HEADER('L', 0x20, 0x80, -1, ""),
  EOH('N', 0x40, 0x4_0000, 6, "i"),
  BODY('B', 0x10, 0x8_0000, -1, ""),
  END('E', 0, 0, 5, "i");

  private final char command;
  private final int skipBit;
  private final int silentBit;
  private final int symbolStage;
  private final String symbols;

  Phase(char command, int skipBit, int silentBit, int symbolStage, String symbols) {
    this.command = command;
    this.skipBit = skipBit;
    this.silentBit = silentBit;
    this.symbolStage = symbolStage;
    this.symbols = symbols;
  }

  /** The code of the command. */
  char command() {
    return command;
  }

  /** The bit with which a milter does not want to hear of it; 0 for none. */
  int skipBit() {
    return skipBit;
  }

  /** The bit with which a milter does not answer to it; 0 for none. */
  int silentBit() {
    return silentBit;
  }

  /** The number that a milter names it by when it asks for macros; -1 where there are none. */
  int symbolStage() {
    return symbolStage;
  }

  /** The macros that are sent where the milter did not ask for others. */
  List<String> symbols() {
    return symbols.isEmpty() ? List.of() : List.of(symbols.split(" "));
  }
}
