package dev.postrider.plugin.testkit;

import static dev.postrider.plugin.testkit.OutcomeAssert.check;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asserts on a mail that a mailet passed on.
 *
 * @param mail it
 */
public record MailAssert(Mail mail) {

  /** A field has this decoded value. */
  public MailAssert withHeader(String name, String value) {
    List<String> values =
        mail.message().headers().all(name).map(HeaderField::decodedValue).toList();
    check(values.contains(value), name + ": " + value, values);
    return this;
  }

  /** No field has this name. */
  public MailAssert withoutHeader(String name) {
    check(!mail.message().headers().contains(name), "no field " + name, mail.message().headers());
    return this;
  }

  /** The recipients are these, in this order. */
  public MailAssert withRecipients(String... addresses) {
    List<String> actual = mail.recipients().stream().map(Recipient::toString).toList();
    check(actual.equals(List.of(addresses)), "recipients " + List.of(addresses), actual);
    return this;
  }

  /** The sender is this address; the empty string stands for the null path. */
  public MailAssert withSender(String address) {
    check(mail.sender().toString().equals(address), "sender " + address, mail.sender());
    return this;
  }

  /** The attribute has this value. */
  public MailAssert withAttribute(String name, String value) {
    check(value.equals(mail.attributes().get(name)), name + "=" + value, mail.attributes());
    return this;
  }

  /** The attribute is not set. */
  public MailAssert withoutAttribute(String name) {
    check(!mail.attributes().containsKey(name), "no attribute " + name, mail.attributes());
    return this;
  }

  /** The whole message is this text, as UTF-8. */
  public MailAssert withMessage(String text) {
    check(messageText().equals(text), "the message '" + text + "'", messageText());
    return this;
  }

  /** The whole message, read as UTF-8. */
  public String messageText() {
    try (InputStream in = mail.message().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
