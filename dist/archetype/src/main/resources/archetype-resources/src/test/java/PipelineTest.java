package ${package};

import static dev.postrider.plugin.testkit.MailBuilder.aMail;

import dev.postrider.plugin.testkit.pipeline.PipelineFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private final PipelineFile pipeline =
      PipelineFile.load(Path.of("src/test/resources/pipeline.xml")).withPluginsOnClassPath();

  @Test
  void offersAreTaggedAndDelivered() {
    pipeline
        .run(aMail().subject("An offer").to("bob@example.test"))
        .passes("root")
        .delivers("bob@example.test")
        .withHeader("X-Tag", "offer");
  }

  @Test
  void otherMailIsDeliveredAsItIs() {
    pipeline.run(aMail().subject("Hello").to("bob@example.test")).delivers("bob@example.test").withoutHeader("X-Tag");
  }
}
