package dev.postrider.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.LineFault;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Step;
import dev.postrider.protocol.line.TlsFacts;
import dev.postrider.protocol.testkit.SessionPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command in each state, and each input in each state. */
class Pop3SessionTableTest {

  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // command          | in clear                  | encrypted               | after USER
        //      | logged in
        "CAPA               | +OK capabilities          | +OK capabilities        | +OK capabilities      | +OK capabilities",
        "capa               | +OK                       | +OK                     | +OK                   | +OK",
        "CAPA x             | -ERR CAPA takes no        | -ERR CAPA takes no      | -ERR CAPA takes no    | -ERR CAPA takes no",
        "STLS               | +OK begin                 | -ERR the connection is  | -ERR the connection is | -ERR not after login",
        "STLS x             | -ERR STLS takes           | -ERR STLS takes         | -ERR STLS takes       | -ERR not after login",
        "USER bob           | -ERR [SYS/PERM] log in under TLS only | +OK now the password | +OK now the password | -ERR not after login",
        "USER               | -ERR [SYS/PERM]           | -ERR USER takes         | -ERR USER takes       | -ERR not after login",
        "PASS secret        | -ERR [SYS/PERM]           | -ERR USER comes first   | +OK 3 117             | -ERR not after login",
        "PASS wrong         | -ERR [SYS/PERM]           | -ERR USER comes first   | -ERR [AUTH] wrong user or password | -ERR not after login",
        "PASS               | -ERR [SYS/PERM]           | -ERR USER comes first   | -ERR PASS takes       | -ERR not after login",
        "AUTH PLAIN         | -ERR [SYS/PERM]           | +                       | +                     | -ERR not after login",
        "AUTH plain AGJvYgBzZWNyZXQ= | -ERR [SYS/PERM]  | +OK 3 117               | +OK 3 117             | -ERR not after login",
        "AUTH PLAIN AGJvYgB3cm9uZw== | -ERR [SYS/PERM]  | -ERR [AUTH]             | -ERR [AUTH]           | -ERR not after login",
        "AUTH PLAIN =       | -ERR [SYS/PERM]           | -ERR that is no response | -ERR that is no response | -ERR not after login",
        "AUTH CRAM-MD5      | -ERR [SYS/PERM]           | -ERR the only mechanism | -ERR the only mechanism | -ERR not after login",
        "AUTH               | -ERR [SYS/PERM]           | -ERR the only mechanism | -ERR the only mechanism | -ERR not after login",
        "QUIT               | +OK bye                   | +OK bye                 | +OK bye               | +OK bye",
        "QUIT x             | -ERR QUIT takes           | -ERR QUIT takes         | -ERR QUIT takes       | -ERR QUIT takes",
        "STAT               | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 3 117",
        "STAT 1             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR STAT takes no",
        "LIST               | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 3 117",
        "LIST 2             | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 2 40",
        "LIST 4             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "LIST 0             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "LIST -1            | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "LIST x             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "LIST 99999999999   | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "UIDL               | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 3 117",
        "UIDL 3             | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 3 1.3",
        "UIDL 4             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "RETR 1             | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 53 octets",
        "RETR 4             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "RETR               | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR RETR takes",
        "RETR 1 2           | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "TOP 1 0            | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK top of message",
        "TOP 4 0            | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "TOP 1              | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR TOP takes",
        "TOP 1 -1           | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR TOP takes",
        "TOP                | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR TOP takes",
        "DELE 1             | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK message 1 marked",
        "DELE 4             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR no such message",
        "DELE               | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR DELE takes",
        "RSET               | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK 3 117",
        "RSET x             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR RSET takes no",
        "NOOP               | -ERR log in first         | -ERR log in first       | -ERR log in first     | +OK",
        "NOOP x             | -ERR log in first         | -ERR log in first       | -ERR log in first     | -ERR NOOP takes no",
        "APOP bob 00        | -ERR unknown command      | -ERR unknown command    | -ERR unknown command  | -ERR unknown command",
        "XTND               | -ERR unknown command      | -ERR unknown command    | -ERR unknown command  | -ERR unknown command",
        "``                 | -ERR unknown command      | -ERR unknown command    | -ERR unknown command  | -ERR unknown command",
      })
  void a_command_gets(
      String command, String inClear, String encrypted, String afterUser, String loggedIn) {
    assertThat(reply(command, false)).startsWith(inClear);
    assertThat(reply(command, true)).startsWith(encrypted);
    assertThat(reply(command, true, "USER bob")).startsWith(afterUser);
    assertThat(reply(command, true, "USER bob", "PASS secret")).startsWith(loggedIn);
  }

  private static String reply(String command, boolean tls, String... before) {
    try (SessionPeer<Pop3State, Pop3Question, Pop3Answer> peer = new Post().session(tls)) {
      for (String line : before) {
        say(peer, line);
      }
      peer.readLines();
      say(peer, command);
      return peer.readLines().getFirst();
    }
  }

  @Test
  void the_line_after_a_challenge_is_a_response_whatever_it_looks_like() {
    assertThat(challenged("AGJvYgBzZWNyZXQ=")).isEqualTo("+OK 3 117");
    assertThat(challenged("*")).isEqualTo("-ERR cancelled");
    assertThat(challenged("QUIT")).isEqualTo("-ERR that is no response of PLAIN");
    assertThat(challenged("")).isEqualTo("-ERR that is no response of PLAIN");
    assertThat(challenged("%%%")).isEqualTo("-ERR that is no response of PLAIN");
    assertThat(challenged("Ym9iAGJvYgBzZWNyZXQ=")).as("bob as bob").isEqualTo("+OK 3 117");
    assertThat(challenged("YWxpY2UAYm9iAHNlY3JldA=="))
        .as("bob as alice")
        .isEqualTo("-ERR that is no response of PLAIN");
    assertThat(challenged("AGJvYgD/")).as("not UTF-8").startsWith("-ERR that is no response");
  }

  private static String challenged(String line) {
    return reply(line, true, "AUTH PLAIN");
  }

  static Stream<Pop3State> states() {
    Talk talk = Talk.fresh(true);
    Pop3State.Transaction open =
        new Pop3State.Transaction(talk, Listing.of(List.of(), 1), Marks.NONE);
    return Stream.of(
        new Pop3State.Authorization(talk, ""),
        new Pop3State.Challenged(talk),
        new Pop3State.Checking(talk),
        new Pop3State.Upgrading(talk),
        open,
        new Pop3State.Vouching(open, new Replies(Pop3Settings.defaults()).ok(open, "done")),
        new Pop3State.Sending(open),
        new Pop3State.Updating(talk),
        new Pop3State.Closed(talk));
  }

  @ParameterizedTest
  @MethodSource("states")
  void every_input_has_an_answer_in_every_state(Pop3State state) {
    Pop3Session session = new Pop3Session(Pop3Settings.defaults(), true);
    List<Input<Pop3Answer>> inputs = new ArrayList<>();
    inputs.add(new Input.Line<>("NOOP".getBytes(StandardCharsets.US_ASCII)));
    for (LineFault fault : LineFault.values()) {
      inputs.add(new Input.Bad<>(fault));
    }
    for (Pop3Answer answer :
        List.of(
            new Pop3Answer.LoggedIn(Listing.of(List.of(), 1)),
            new Pop3Answer.Denied(),
            new Pop3Answer.NotNow(),
            new Pop3Answer.InUse(),
            new Pop3Answer.Welcome(),
            new Pop3Answer.Unwelcome(),
            new Pop3Answer.Sent(),
            new Pop3Answer.Unreadable(),
            new Pop3Answer.Updated(),
            new Pop3Answer.NotUpdated())) {
      inputs.add(new Input.Answer<>(answer));
    }
    inputs.add(new Input.Failed<>());
    inputs.add(new Input.Skipped<>());
    inputs.add(new Input.Flooded<>());
    inputs.add(new Input.TimedOut<>());
    inputs.add(new Input.Stopping<>());
    inputs.add(new Input.Secured<>(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256")));
    for (Input<Pop3Answer> input : inputs) {
      Step<Pop3State, Pop3Question> step = session.on(state, input);
      if (state instanceof Pop3State.Transaction
          && step.state() instanceof Pop3State.Vouching vouching) {
        assertThat(step.next()).isEqualTo(new Next.Ask<>(new Pop3Question.StillWelcome()));
        step = vouching.then();
      }

      assertThat(step.next()).as("%s on %s", input, state).isNotInstanceOf(Next.Ask.class);
      assertThat(step.reply()).as("%s on %s", input, state).matches("(|(\\+OK|-ERR) .+\r\n)");
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void an_idle_connection_ends_without_a_word(Pop3State state) {
    Step<Pop3State, Pop3Question> step =
        new Pop3Session(Pop3Settings.defaults(), true).on(state, new Input.TimedOut<>());

    assertThat(step.reply()).isEmpty();
    assertThat(step.next()).isInstanceOf(Next.Close.class);
  }

  @Test
  void a_session_with_marked_messages_is_not_idle() {
    Post post = new Post();
    Pop3Session rules = new Pop3Session(Pop3Settings.defaults(), true);
    try (SessionPeer<Pop3State, Pop3Question, Pop3Answer> peer = post.session(true)) {
      say(peer, "USER bob");
      say(peer, "PASS secret");
      assertThat(rules.idle(peer.state())).isTrue();
      say(peer, "DELE 1");
      assertThat(rules.idle(peer.state())).isFalse();
      say(peer, "RSET");
      assertThat(rules.idle(peer.state())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STAT", "LIST", "UIDL", "RETR 1", "TOP 1 0", "DELE 1", "RSET", "NOOP", "CAPA", "QUIT"
      })
  void a_session_whose_password_is_gone_ends_at_the_next_command(String command) {
    Post post = new Post();
    try (SessionPeer<Pop3State, Pop3Question, Pop3Answer> peer = post.session(true)) {
      say(peer, "USER bob");
      say(peer, "PASS secret");
      say(peer, "DELE 2");
      peer.readLines();
      post.account(Post.BOB, "changed");
      say(peer, command);
      assertThat(peer.readLines())
          .containsExactly("-ERR [AUTH] your login holds no more, log in again");
      assertThat(peer.next()).isInstanceOf(Next.Close.class);
      assertThat(post.uids(Post.BOB)).hasSize(3);
      assertThat(post.access.lock(MailboxName.inbox(Post.BOB))).as("the lock is free").isPresent();
    }
  }

  @Test
  void a_question_does_not_show_the_password() {
    assertThat(new Pop3Question.LogIn("bob", "secret").toString()).doesNotContain("secret");
  }

  private static void say(SessionPeer<Pop3State, Pop3Question, Pop3Answer> peer, String line) {
    peer.send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
