package dev.postrider.mailet.spam.reading;

import dev.postrider.mailet.spam.mime.Part;
import java.util.Locale;

/**
 * A part that clients show as a file.
 *
 * @param name its file name in one form, or empty
 * @param type its media type as the sender says
 * @param kind what its first octets and its name say it is
 */
public record Attachment(String name, String type, Kind kind) {

  private static final int LOOKED_AT = 64;
  private static final int LONGEST_NAME = 255;
  private static final String PROGRAMS =
      " exe scr com pif bat cmd vbs vbe js jse wsf wsh msi hta jar cpl lnk ps1 reg iso img vhd ";
  private static final String DOCUMENTS =
      " pdf doc docx xls xlsx ppt pptx txt rtf jpg jpeg png gif zip htm html mp3 mp4 ";

  /** What an attachment is. */
  public enum Kind {
    /** Nothing special. */
    PLAIN,
    /** A program or script, by its name or its octets. */
    PROGRAM,
    /** A program whose name ends as if it were a document: {@code bill.pdf.exe}. */
    DISGUISED_PROGRAM,
    /** An archive whose content can't be looked at without a password. */
    ENCRYPTED_ARCHIVE,
    /** A web page, which a browser opens as if it were local. */
    WEB_PAGE
  }

  static Attachment of(Part part) {
    String name = Written.of(part.fileName()).text().strip().toLowerCase(Locale.ROOT);
    String shortName =
        name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    return new Attachment(shortName, part.type(), kind(shortName, part));
  }

  private static Kind kind(String name, Part part) {
    String extension = extension(name);
    byte[] head = part.decoded(LOOKED_AT);
    boolean program = PROGRAMS.contains(" " + extension + " ") || startsWith(head, 'M', 'Z', 0x90);
    if (program) {
      String before = name.substring(0, Math.max(0, name.length() - extension.length() - 1));
      boolean disguised = DOCUMENTS.contains(" " + extension(before.strip()) + " ");
      boolean lies = DOCUMENTS.contains(" " + extension + " ");
      return disguised || lies ? Kind.DISGUISED_PROGRAM : Kind.PROGRAM;
    }
    if (isEncrypted(head)) {
      return Kind.ENCRYPTED_ARCHIVE;
    }
    boolean page = extension.equals("htm") || extension.equals("html") || extension.equals("shtml");
    return page || extension.equals("svg") || part.type().equals("text/html")
        ? Kind.WEB_PAGE
        : Kind.PLAIN;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || name.length() - dot > 6 ? "-" : name.substring(dot + 1);
  }

  // The general purpose flags of the first entry (APPNOTE 4.4.4); RAR and 7z hide theirs deeper.
  private static boolean isEncrypted(byte[] head) {
    return head.length > 8 && startsWith(head, 'P', 'K', 3, 4) && (head[6] & 1) == 1;
  }

  private static boolean startsWith(byte[] head, int... octets) {
    if (head.length < octets.length) {
      return false;
    }
    for (int i = 0; i < octets.length; i++) {
      if ((head[i] & 0xff) != octets[i]) {
        return false;
      }
    }
    return true;
  }
}
