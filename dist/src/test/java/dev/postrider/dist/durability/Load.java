package dev.postrider.dist.durability;

import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Random;

/** A client that works until its server is killed, and tells the journal what it was answered. */
@FunctionalInterface
interface Load {

  /** One piece of work; called again and again, also after it broke off. */
  void work(RunningServer server, Random random, Journal journal)
      throws IOException, GeneralSecurityException, InterruptedException;
}
