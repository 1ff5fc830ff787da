package dev.postrider.kernel.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the listings of "What is proved at load" in {@code dist/docs/pipeline.md}. */
class PipelinePageTest {

  private static final Path PAGE = Path.of("..", "..", "dist", "docs", "pipeline.md");
  private static final Pattern LISTING = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("class (\\w+) implements (\\w+)");

  private record Listing(String kind, String text) {}

  @TempDir Path home;

  private static List<Listing> listings() throws IOException {
    String page = Files.readString(PAGE, UTF_8);
    String section = page.substring(page.indexOf("## What is proved at load\n") + 3);
    int end = section.indexOf("\n## ");
    List<Listing> out = new ArrayList<>();
    Matcher listing = LISTING.matcher(end < 0 ? section : section.substring(0, end));
    while (listing.find()) {
      out.add(new Listing(listing.group(1), listing.group(2)));
    }
    return out;
  }

  @Test
  void everyPipelineOfThePageIsJudgedAsThePageSays() throws IOException {
    List<Listing> listings = listings();
    int run = 0;
    try (Workbench workbench = new Workbench(home, workshop -> pack(workshop, listings))) {
      for (int i = 0; i < listings.size(); i++) {
        if (listings.get(i).kind().equals("xml")) {
          boolean told = i + 1 < listings.size() && listings.get(i + 1).kind().equals("text");
          String expected = told ? listings.get(i + 1).text().strip().replace('\n', ' ') : "";
          assertThat(judged(workbench, listings.get(i).text())).isEqualTo(expected);
          run++;
        }
      }
    }
    assertThat(run).isEqualTo(5);
  }

  private static String judged(Workbench workbench, String processors) {
    PipelineLoad load =
        workbench.load(
            ("<pipeline><processors>"
                    + processors
                    + "<processor state=\"error\"><mailet class=\"Hold\"/></processor>"
                    + "</processors></pipeline>")
                .split("\n", -1));
    Stream<Problem> problems =
        switch (load) {
          case PipelineLoad.Loaded _ -> Stream.empty();
          case PipelineLoad.Broken broken -> broken.problems().stream();
        };
    return String.join(
        " ", workbench.shown(Stream.concat(problems, load.notices().stream()).toList()));
  }

  private static void pack(PluginWorkshop workshop, List<Listing> listings) {
    Map<String, String> sources = new HashMap<>();
    Map<String, List<String>> names = new HashMap<>();
    for (Listing listing : listings) {
      Matcher declared = CLASS.matcher(listing.text());
      if (listing.kind().equals("java") && declared.find()) {
        names
            .computeIfAbsent(declared.group(2), _ -> new ArrayList<>())
            .add(declared.group(1) + ".class");
        sources.put(
            "page." + declared.group(1),
            "package page; import dev.postrider.plugin.*; " + listing.text());
      }
    }
    sources.put(
        "page.PagePlugin",
        """
        package page;
        import dev.postrider.plugin.*;
        import java.util.List;
        public class PagePlugin implements Plugin {
          public List<Class<? extends Mailet>> mailets() { return List.of(%s); }
          public List<Class<? extends Matcher>> matchers() { return List.of(%s); }
        }
        """
            .formatted(
                String.join(", ", names.getOrDefault("Mailet", List.of())),
                String.join(", ", names.getOrDefault("Matcher", List.of()))));
    workshop.build("page", "1.0", "page.PagePlugin", sources);
  }
}
