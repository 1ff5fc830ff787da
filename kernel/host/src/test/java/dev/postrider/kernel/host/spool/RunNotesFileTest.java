package dev.postrider.kernel.host.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNotesFileTest {

  @TempDir Path folder;

  private RunNotesFile open() {
    return new RunNotesFile(folder.resolve("runs"));
  }

  @Test
  void whatBeganAndDidNotEndIsLeftForTheNextProcess() {
    RunNotesFile notes = open();
    assertThat(notes.left()).isEmpty();
    notes.began("m1", 1);
    notes.began("m2", 1);
    notes.began("m3", 2);
    notes.ended("m1");
    notes.began("m4", 1);
    notes.began("m2", 2);

    RunNotesFile next = open();

    assertThat(next.left()).isEqualTo(Map.of("m4", 1, "m2", 2, "m3", 2));
    next.began("m5", 1);
    next.ended("m2");
    assertThat(open().left()).isEqualTo(Map.of("m4", 1, "m3", 2, "m5", 1));
  }

  @Test
  void anOrderlyStopLeavesNothing() {
    RunNotesFile notes = open();
    notes.began("m1", 1);
    notes.began("m2", 2);

    notes.stopped();

    assertThat(open().left()).isEmpty();
  }

  @Test
  void whatIsNoNoteIsPassedOver() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line :
        List.of("nonsense", "", "m1 0", "m2 -1", "m3 99999", "m4 4 4", "\0\0\0", "m5 7")) {
      text.append(String.format("%-63s\n", line));
    }
    Files.writeString(folder.resolve("runs"), text + "half a line");

    assertThat(open().left()).isEqualTo(Map.of("m5", 7));
  }

  @Test
  void anIdThatDoesNotFitALineIsNotNoted() {
    RunNotesFile notes = open();
    notes.began("x".repeat(60), 1);
    notes.ended("x".repeat(60));

    assertThat(open().left()).isEmpty();
  }

  @Test
  void aThreadThatIsInterruptedDoesNotEndTheNotes() {
    RunNotesFile notes = open();
    notes.began("m1", 1);
    Thread.currentThread().interrupt();
    notes.began("m2", 1);
    assertThat(Thread.interrupted()).isTrue();
    notes.began("m3", 1);

    assertThat(open().left()).containsEntry("m1", 1).containsEntry("m3", 1);
  }

  @Test
  void aFileThatCantBeWrittenStopsNobody() throws IOException {
    Files.createDirectory(folder.resolve("runs"));
    RunNotesFile notes = open();

    assertThat(notes.left()).isEmpty();
    notes.began("m1", 1);
    notes.ended("m1");
  }
}
