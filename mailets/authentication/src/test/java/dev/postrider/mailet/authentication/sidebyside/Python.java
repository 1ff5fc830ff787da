package dev.postrider.mailet.authentication.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * python's spf and dkim, which know no DMARC.
 *
 * @param folder for the mails
 * @param dnsPort the name server on loopback
 */
record Python(Path folder, int dnsPort) implements Judge {

  private static final String PYTHON = "/usr/bin/python3";

  @Override
  public String name() {
    return "python's dkim and spf";
  }

  /** Whether all that is needed is installed. */
  boolean isThere() throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PYTHON)) && start("probe").waitFor() == 0;
  }

  @Override
  public List<Judgement> judge(List<Sent> mails) throws IOException, InterruptedException {
    for (Sent sent : mails) {
      Files.write(folder.resolve(sent.name() + ".eml"), sent.octets());
      Files.write(
          folder.resolve(sent.name() + ".env"),
          List.of(sent.client(), sent.mail().client().helo(), sent.mail().sender().toString()));
    }
    Process process = start(folder.toString(), Integer.toString(dnsPort));
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(folder.resolve("out")).stream()
        .map(line -> line.split("\t", -1))
        .map(told -> new Judgement(Map.of("spf", told[1], "dkim", told[2], "arc", told[3])))
        .toList();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.add(Path.of("src/test/resources/side_by_side.py").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }
}
