package dev.postrider.plugin.example;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMatcher;

import dev.postrider.plugin.testkit.FixedClock;
import org.junit.jupiter.api.Test;

class ExamplePluginTest {

  @Test
  void theTimeIsStampedOnTheMail() {
    StampTime mailet = new StampTime(FixedClock.at("2026-11-23T12:00:00Z"), "X-Seen-At");
    assertThatMailet(mailet)
        .given(aMail())
        .continues()
        .withHeader("X-Seen-At", "2026-11-23T12:00:00Z");
  }

  @Test
  void thePeerIsKnownByItsName() {
    HeloIs matcher = new HeloIs("mail.example.org");
    assertThatMatcher(matcher).given(aMail().helo("MAIL.example.org").atSender()).matchesAll();
    assertThatMatcher(matcher).given(aMail()).matchesNothing();
  }
}
