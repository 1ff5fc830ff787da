package dev.postrider.mailet.authentication.dkim;

/** Key records for signatures that are never meant to hold. */
final class TestRecords {

  static final String RSA_1024 = TestKeys.rsa("any", 1024).record();

  private TestRecords() {}
}
