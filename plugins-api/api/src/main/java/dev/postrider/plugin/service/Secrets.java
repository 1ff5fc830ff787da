package dev.postrider.plugin.service;

/**
 * Keys, tokens and the like, in files that the admin keeps in a folder of {@code conf}. The host
 * never shows, records or sends what is in them.
 *
 * <p>Thread: any. Time: mostly answers from memory; about once a second it looks whether the folder
 * has changed, and then reads its files. Ownership: nothing to close. Failure: a folder that does
 * not exist is empty; a file that can't be read, is larger than {@value #MAX_FILE} octets or may be
 * read by others than the server's user is left out, and the log says so.
 *
 * @since 1.1
 */
@FunctionalInterface
public interface Secrets {

  /** Files of a folder at most; what comes after them by name is left out. */
  int MAX_FILES = 10_000;

  /** Octets of a file at most. */
  int MAX_FILE = 16 * 1024;

  /**
   * What is in a folder now: its files and those of its subfolders. While nothing changes it is the
   * same object, so that what was made of it can be kept.
   *
   * @param folder the name of a folder in {@code conf}: letters, digits, {@code -} and {@code _}
   * @throws IllegalArgumentException when it is no such name
   */
  SecretFiles folder(String folder);
}
