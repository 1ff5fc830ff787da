package dev.postrider.dist.durability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** An administrator adds and removes users and handles what waits in the outbound queue. */
final class AdminLoad implements Load {
  private static final int PACE = 5;
  static final String PASSWORD = "a long enough password";

  @Override
  public void work(RunningServer server, Random random, Journal journal)
      throws IOException, InterruptedException {
    try (AdminDoor admin = new AdminDoor(server)) {
      users(admin, random, journal);
      journal.awaitMore(PACE);
      for (int i = 0; i < 10; i++) {
        queue(admin, random, journal);
        journal.awaitMore(1);
      }
    }
  }

  private static void users(AdminDoor admin, Random random, Journal journal)
      throws IOException, InterruptedException {
    String added = journal.nextUser();
    if (admin.ask("PUT", "users/" + added, "{\"password\":\"" + PASSWORD + "\"}")) {
      journal.userAdded(added);
    }
    List<String> there = List.copyOf(journal.users());
    if (there.size() > 3 && random.nextBoolean()) {
      String user = there.get(random.nextInt(there.size()));
      journal.userInDoubt(user);
      if (admin.ask("DELETE", "users/" + user, "")) {
        journal.userRemoved(user);
      }
    }
  }

  private static void queue(AdminDoor admin, Random random, Journal journal)
      throws IOException, InterruptedException {
    for (JsonNode item : admin.waiting()) {
      if (!item.path("place").asText().equals("outbound")) {
        continue;
      }
      String path = "queue/" + item.path("id").asText();
      switch (random.nextInt(12)) {
        case 0, 1 -> done(journal, admin.ask("POST", path + "/hold", ""));
        case 2, 3 -> done(journal, admin.ask("POST", path + "/release", ""));
        case 4, 5, 6 -> done(journal, admin.ask("POST", path + "/retry", ""));
        case 7 -> {
          // Noted first: without an answer it may have happened all the same.
          journal.takenFromQueue(item.path("mailId").asText());
          admin.ask("DELETE", path, "");
        }
        default -> {}
      }
    }
  }

  private static void done(Journal journal, boolean done) {
    if (done) {
      journal.acknowledged();
    }
  }
}
