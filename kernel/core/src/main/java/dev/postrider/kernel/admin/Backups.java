package dev.postrider.kernel.admin;

/**
 * Makes copies of all that a server is: configuration, plugins, store. Thread: any; blocks long.
 */
public interface Backups {

  /**
   * Adds a complete copy to a folder, while the server goes on. A copy that fails or is cut short
   * leaves those that are there as they are.
   *
   * @param directory absolute; made where it does not exist
   */
  AdminAnswer backup(String directory);
}
