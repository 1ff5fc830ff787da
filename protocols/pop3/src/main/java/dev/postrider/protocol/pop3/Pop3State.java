package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** Where a session is (RFC 1939 §3); states that wait for an answer are states of their own. */
sealed interface Pop3State {

  Talk talk();

  Pop3State with(Talk talk);

  /** Nobody is logged in; {@code user} is what USER said, empty if nothing. */
  record Authorization(Talk talk, String user) implements Pop3State {
    @Override
    public Authorization with(Talk other) {
      return new Authorization(other, user);
    }
  }

  /** AUTH PLAIN was given without a response; the next line is one. */
  record Challenged(Talk talk) implements Pop3State {
    @Override
    public Challenged with(Talk other) {
      return new Challenged(other);
    }
  }

  /** A login is being checked and the mailbox locked. */
  record Checking(Talk talk) implements Pop3State {
    @Override
    public Checking with(Talk other) {
      return new Checking(other);
    }
  }

  /** A handshake is on its way. */
  record Upgrading(Talk talk) implements Pop3State {
    @Override
    public Upgrading with(Talk other) {
      return new Upgrading(other);
    }
  }

  /** Somebody is logged in. */
  record Transaction(Talk talk, Listing listing, Marks deleted) implements Pop3State {
    @Override
    public Transaction with(Talk other) {
      return new Transaction(other, listing, deleted);
    }

    Transaction with(Marks marks) {
      return new Transaction(talk, listing, marks);
    }
  }

  /** A command was given; {@code then} follows where the login still holds. */
  record Vouching(Transaction transaction, Step<Pop3State, Pop3Question> then)
      implements Pop3State {
    @Override
    public Talk talk() {
      return transaction.talk();
    }

    @Override
    public Vouching with(Talk other) {
      return new Vouching(transaction.with(other), then);
    }
  }

  /** A message is being sent; then the transaction goes on. */
  record Sending(Transaction transaction) implements Pop3State {
    @Override
    public Talk talk() {
      return transaction.talk();
    }

    @Override
    public Sending with(Talk other) {
      return new Sending(transaction.with(other));
    }
  }

  /** QUIT was given, marked messages are being removed: the update state. */
  record Updating(Talk talk) implements Pop3State {
    @Override
    public Updating with(Talk other) {
      return new Updating(other);
    }
  }

  /** Over. */
  record Closed(Talk talk) implements Pop3State {
    @Override
    public Closed with(Talk other) {
      return new Closed(other);
    }
  }
}
