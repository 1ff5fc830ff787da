package dev.postrider.dist.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Faults of files and sockets in a person's words. */
public final class Reasons {

  private Reasons() {}

  /** What went wrong. */
  public static String of(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException there -> there.getFile() + " exists already";
      case NotDirectoryException file -> file.getFile() + " is not a directory";
      default -> {
        String message = fault.getMessage();
        yield message == null ? fault.getClass().getSimpleName() : message;
      }
    };
  }
}
