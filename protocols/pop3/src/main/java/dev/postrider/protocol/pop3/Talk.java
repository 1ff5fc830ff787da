package dev.postrider.protocol.pop3;

/**
 * What a session remembers whatever its state.
 *
 * @param tls the connection is encrypted
 * @param commands lines heard
 * @param errors malformed or misplaced ones among them
 * @param failedLogins logins that did not succeed
 */
record Talk(boolean tls, int commands, int errors, int failedLogins) {

  static Talk fresh(boolean tls) {
    return new Talk(tls, 0, 0, 0);
  }

  Talk oneMoreCommand() {
    return new Talk(tls, commands + 1, errors, failedLogins);
  }

  Talk oneMoreError() {
    return new Talk(tls, commands, errors + 1, failedLogins);
  }

  Talk oneMoreFailedLogin() {
    return new Talk(tls, commands, errors, failedLogins + 1);
  }
}
