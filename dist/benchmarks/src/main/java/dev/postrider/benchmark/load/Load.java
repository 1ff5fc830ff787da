package dev.postrider.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The command: {@code Load name=value …} does one job and prints a line of JSON; without arguments
 * each line of standard input is a job, so that one warm process serves a whole benchmark. The
 * names are those of {@link Job}.
 */
public final class Load {

  private Load() {}

  /** Exit code 0: all jobs were done. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length > 0) {
      out.println(new Workload(Job.of(List.of(arguments)), in, out).run().json());
      return;
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        out.println(new Workload(Job.of(List.of(line.split(" ", -1))), in, out).run().json());
      } catch (IOException | IllegalArgumentException e) {
        String why = String.valueOf(e.getMessage()).replace('"', '\'').replace('\\', '/');
        out.println("{\"event\": \"error\", \"text\": \"" + why + "\"}");
      }
    }
  }
}
