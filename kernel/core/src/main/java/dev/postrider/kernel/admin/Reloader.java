package dev.postrider.kernel.admin;

/** Puts what was changed on disk in use while the server runs. Thread: any; one at a time. */
@FunctionalInterface
public interface Reloader {

  /**
   * Loads the pipeline, the plugins and the certificate anew and puts them in use in one step.
   * Mails in flight end on what they began with. Where anything is wrong nothing changes, and the
   * answer names all of it; else it names what was changed and needs a restart.
   */
  AdminAnswer reload();
}
