package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Arrival;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code <test>} elements. */
final class TestReader {

  private final MailReader mails;
  private final Problems problems;

  /** Files are named relative to this folder. */
  TestReader(Path folder, Problems problems) {
    this.mails = new MailReader(folder);
    this.problems = problems;
  }

  Optional<TestCase> read(XmlNode node) {
    try (Fields test = new Fields(node, problems)) {
      String name = test.required("name").orElse("");
      World world = new WorldReader(test).read();
      Optional<XmlNode> mail = test.child("mail");
      if (mail.isEmpty()) {
        test.problem("the test has no mail", "add <mail from=\"…\" to=\"…\"/>");
      }
      Optional<Arrival> arrival = mail.flatMap(child -> arrival(test.into(child), world));
      List<Expectation> expectations = new ArrayList<>();
      for (XmlNode child : test.children("expect")) {
        expectation(test.into(child)).ifPresent(expectations::add);
      }
      if (node.children("expect").isEmpty()) {
        test.problem("the test expects nothing", "add <expect fate=\"delivered\"/>, for one");
      }
      return arrival.map(
          complete -> new TestCase(name, node.place(), complete, world, expectations));
    }
  }

  private Optional<Arrival> arrival(Fields mail, World world) {
    try (mail) {
      ReversePath sender = mail.value("from", ReversePath.NULL, ReversePath::parse);
      if (mail.text("from").isEmpty()) {
        mail.problem("the mail has no sender", "add from=\"…\", empty for the null sender");
      }
      List<Recipient> recipients =
          mail.list("to", List.of(), text -> Recipient.of(EmailAddress.parse(text)));
      if (recipients.isEmpty()) {
        mail.problem("the mail has no recipient", "add to=\"…\"");
      }
      List<Recipient> some = recipients.isEmpty() ? List.of(Recipient.ANYONE) : recipients;
      return Optional.of(mails.read(mail, sender, some, world.now()));
    }
  }

  private static Optional<Expectation> expectation(Fields expect) {
    try (expect) {
      Optional<Fate> fate = expect.choice("fate", Fate.class);
      if (expect.text("fate").isEmpty()) {
        expect.problem("it does not say which fate is expected", "add fate=\"delivered\", for one");
      }
      Optional<EmailAddress> to =
          expect.value("to", Optional.empty(), text -> Optional.of(EmailAddress.parse(text)));
      List<Expectation.Field> headers = new ArrayList<>();
      expect.children("header").forEach(each -> field(expect.into(each), true, headers));
      expect.children("noHeader").forEach(each -> field(expect.into(each), false, headers));
      Expectation expectation =
          new Expectation(
              expect.node().place(),
              to,
              fate.orElse(Fate.DELIVERED),
              expect.text("status"),
              expect.text("text"),
              expect.text("folder"),
              expect.text("route"),
              expect.list("path", List.of(), text -> text),
              headers);
      return fate.map(_ -> expectation);
    }
  }

  private static void field(Fields header, boolean there, List<Expectation.Field> into) {
    try (header) {
      header
          .required("name")
          .ifPresent(name -> into.add(new Expectation.Field(name, header.node().text(), there)));
    }
  }
}
