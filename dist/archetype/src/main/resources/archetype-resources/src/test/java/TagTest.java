package ${package};

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMatcher;

import org.junit.jupiter.api.Test;

class TagTest {

  @Test
  void theFieldIsAdded() {
    assertThatMailet(new Tag(new Tag.Settings("X-Tag", "offer")))
        .given(aMail())
        .continues()
        .withHeader("X-Tag", "offer");
  }

  @Test
  void theSubjectIsLookedAtInAnyCase() {
    assertThatMatcher(new SubjectHas("offer"))
        .given(aMail().subject("An OFFER").to("bob@example.test"))
        .matches("bob@example.test");
  }
}
