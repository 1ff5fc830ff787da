package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A script beside the tests that asks other people's code; it may not be there.
 *
 * @param program what runs it
 * @param script its name
 */
public record ForeignTool(String program, String script) {

  /** DKIM of Debian's python3-dkim. */
  public static final ForeignTool DKIMPY =
      new ForeignTool("/usr/bin/python3", "dkim_cross_check.py");

  /** DKIM of Debian's libmail-dkim-perl. */
  public static final ForeignTool MAIL_DKIM =
      new ForeignTool("/usr/bin/perl", "mail_dkim_cross_check.pl");

  /** SPF of Debian's python3-spf. */
  public static final ForeignTool PYSPF = new ForeignTool("/usr/bin/python3", "spf_cross_check.py");

  /** SPF of Debian's libmail-spf-perl. */
  public static final ForeignTool MAIL_SPF =
      new ForeignTool("/usr/bin/perl", "mail_spf_cross_check.pl");

  private static final int SECONDS = 120;

  /** Whether all that it needs is installed. */
  public boolean isHere(Path folder) throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(program)) && run(folder, "probe").exit() == 0;
  }

  /** What it says of each mail of a folder: the first word behind the name. */
  public Map<String, String> judge(Path folder, String what)
      throws IOException, InterruptedException {
    return lines(folder, what).stream()
        .map(line -> line.split(" ", 3))
        .collect(Collectors.toMap(words -> words[0], words -> words[1]));
  }

  /** The lines that it prints about a folder. */
  public List<String> lines(Path folder, String what) throws IOException, InterruptedException {
    Ended ended = run(folder, what);
    assertThat(ended.exit()).as(ended.out()).isZero();
    return ended.out().lines().toList();
  }

  private record Ended(int exit, String out) {}

  private Ended run(Path folder, String what) throws IOException, InterruptedException {
    Path path = Path.of("src/test/resources", script).toAbsolutePath();
    Path out = folder.resolve(script + ".out");
    Process process =
        new ProcessBuilder(List.of(program, path.toString(), what, folder.toString()))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve(script + ".errors").toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", script).isTrue();
      return new Ended(process.exitValue(), Files.readString(out, ISO_8859_1));
    } finally {
      process.destroyForcibly();
    }
  }
}
