package dev.postrider.mailet.standard;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.testkit.RecordingLogger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditingMailetsTest {

  @Test
  void addHeaderPutsTheFieldLastAndLeavesTheBodyAlone() {
    assertThatMailet(new AddHeader("X-Tag", "größer"))
        .given(aMail().message("Subject: Hi\n\nX-Tag: body\n"))
        .continues()
        .withHeader("X-Tag", "größer")
        .withMessage("Subject: Hi\r\nX-Tag: =?UTF-8?B?Z3LDtsOfZXI=?=\r\n\r\nX-Tag: body\r\n");
  }

  @Test
  void addHeaderRefusesAValueThatWouldBeTwoFields() {
    assertThatThrownBy(() -> new AddHeader("X-Tag", "a\r\nBcc: b@example.test"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AddHeader("X Tag", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removeHeaderTakesAllFieldsOfAllNames() {
    assertThatMailet(new RemoveHeader(List.of("x-spam", "X-Score")))
        .given(aMail().message("X-Spam: 1\nSubject: Hi\nX-SPAM: 2\nX-Score: 3\n\nBody\n"))
        .continues()
        .withMessage("Subject: Hi\r\n\r\nBody\r\n");
    assertThatMailet(new RemoveHeader(List.of("X-Absent"))).given(aMail()).continuesUnchanged();
    assertThatThrownBy(() -> new RemoveHeader(List.of())).hasMessageContaining("'name'");
    assertThatThrownBy(() -> new RemoveHeader(List.of("a b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setRecipientsReplacesAllRecipients() {
    Set<EmailAddress> others = new LinkedHashSet<>();
    others.add(EmailAddress.parse("carol@example.test"));
    others.add(EmailAddress.parse("dave@example.net"));
    assertThatMailet(new SetRecipients(others))
        .given(aMail().to("bob@example.test"))
        .continues()
        .withRecipients("carol@example.test", "dave@example.net");
    assertThatThrownBy(() -> new SetRecipients(Set.of())).hasMessageContaining("'recipients'");
  }

  @Test
  void attributesComeAndGo() {
    assertThatMailet(new SetMailAttribute("example.checked", "yes"))
        .given(aMail())
        .continues()
        .withAttribute("example.checked", "yes");
    assertThatMailet(new RemoveMailAttribute("example.checked"))
        .given(aMail().attribute("example.checked", "yes").attribute("other", "x"))
        .continues()
        .withoutAttribute("example.checked")
        .withAttribute("other", "x");
    assertThatThrownBy(() -> new SetMailAttribute("big", "x".repeat(9000)))
        .hasMessageContaining("8 KiB");
  }

  @Test
  void logWritesOneSafeLineAndLetsTheMailGoOn() {
    RecordingLogger logger = new RecordingLogger();
    Log log =
        new Log(logger, LogLevel.WARN, Optional.of("seen"), false, false, ByteSize.parse("4k"));
    assertThatMailet(log).given(aMail().id("m7").from("a@example.org")).continuesUnchanged();
    assertThat(logger.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING seen: mail m7 from <a@example.org> to <bob@example.test>, ");
  }

  @Test
  void logShowsHeaderAndBodyOnRequestOnlyAsFarAsAllowed() {
    RecordingLogger logger = new RecordingLogger();
    Log log = new Log(logger, LogLevel.INFO, Optional.empty(), true, true, new ByteSize(8));
    assertThatMailet(log)
        .given(aMail().id("m7").message("Subject: Hi\u001b[31m\n\nline one\nline two\n"))
        .continuesUnchanged();
    assertThat(logger.lines())
        .hasSize(3)
        .contains("INFO m7 | subject: Hi?[31m")
        .contains("INFO m7 | line o");
  }

  @Test
  void nothingIsLoggedBelowTheLevelOfTheLogger() {
    RecordingLogger logger = new RecordingLogger();
    Log log = new Log(logger, LogLevel.DEBUG, Optional.empty(), true, true, new ByteSize(8));
    assertThatMailet(log).given(aMail().atConnect()).continuesUnchanged();
    assertThat(logger.lines()).isEmpty();
  }
}
