package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.LineFault;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.Session;
import dev.postrider.protocol.line.Step;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a POP3 session. Logins need TLS. Nothing is removed but by QUIT: a connection that
 * breaks, idles or is stopped leaves the mailbox as it was (RFC 1939 §6).
 */
final class Pop3Session implements Session<Pop3State, Pop3Question, Pop3Answer> {

  private static final String LATER = "[SYS/TEMP] that did not work, try again later";

  private final Pop3Settings settings;
  private final Replies replies;
  private final AuthCommand auth;
  private final Map<String, Command<Pop3State.Authorization>> beforeLogin;
  private final Map<String, Command<Pop3State.Transaction>> afterLogin;

  /**
   * Rules for the connections of a listener.
   *
   * @param stls whether the listener can start TLS on request
   */
  Pop3Session(Pop3Settings settings, boolean stls) {
    this.settings = settings;
    this.replies = new Replies(settings);
    this.auth = new AuthCommand(replies);
    CapaCommand capa = new CapaCommand(replies, stls);
    QuitCommand quit = new QuitCommand(replies);
    this.beforeLogin =
        Map.of(
            "CAPA",
            capa::beforeLogin,
            "STLS",
            new StlsCommand(replies, stls),
            "USER",
            new UserCommand(replies),
            "PASS",
            new PassCommand(replies),
            "AUTH",
            auth,
            "QUIT",
            quit::beforeLogin);
    this.afterLogin =
        Map.of(
            "CAPA", capa::afterLogin,
            "STAT", new StatCommand(replies),
            "LIST", new ListCommand(replies, Listing::size),
            "UIDL", new ListCommand(replies, Listing::uniqueId),
            "RETR", new RetrCommand(replies),
            "TOP", new TopCommand(replies),
            "DELE", new DeleCommand(replies),
            "RSET", new RsetCommand(replies),
            "NOOP", new NoopCommand(replies),
            "QUIT", quit::afterLogin);
  }

  @Override
  public Step<Pop3State, Pop3Question> open(Peer peer) {
    return replies.ok(
        new Pop3State.Authorization(Talk.fresh(peer.tls().isPresent()), ""), "POP3 ready");
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State state, Input<Pop3Answer> input) {
    return switch (input) {
      case Input.Line<Pop3Answer> line -> line(state, line.text());
      case Input.Bad<Pop3Answer>(LineFault fault) -> bad(state, fault);
      case Input.Answer<Pop3Answer>(Pop3Answer answer) -> answer(state, answer);
      case Input.Failed<Pop3Answer>() -> failed(state);
      case Input.Secured<Pop3Answer> secured ->
          state instanceof Pop3State.Upgrading
              ? replies.silently(new Pop3State.Authorization(Talk.fresh(true), ""))
              : replies.hangUp(state.talk());
      case Input.Stopping<Pop3Answer>() ->
          replies.bye(state.talk(), "-ERR [SYS/TEMP] the server stops, try again later");
      // RFC 1939 §3: whoever is idle for too long hears nothing.
      case Input.TimedOut<Pop3Answer>() -> replies.hangUp(state.talk());
      case Input.Flooded<Pop3Answer>() -> replies.hangUp(state.talk());
      case Input.Heard<Pop3Answer> heard -> replies.hangUp(state.talk());
      case Input.Skipped<Pop3Answer>() -> replies.hangUp(state.talk());
    };
  }

  @Override
  public boolean idle(Pop3State state) {
    return switch (state) {
      case Pop3State.Authorization idle -> true;
      case Pop3State.Challenged idle -> true;
      case Pop3State.Closed idle -> true;
      case Pop3State.Transaction transaction -> transaction.deleted().isEmpty();
      case Pop3State.Checking busy -> false;
      case Pop3State.Vouching busy -> false;
      case Pop3State.Upgrading busy -> false;
      case Pop3State.Sending busy -> false;
      case Pop3State.Updating busy -> false;
    };
  }

  private Step<Pop3State, Pop3Question> line(Pop3State before, String text) {
    Pop3State state = before.with(before.talk().oneMoreCommand());
    return switch (state) {
      case Pop3State.Authorization authorization ->
          state.talk().commands() > settings.commandsBeforeLogin()
              ? replies.bye(state.talk(), "-ERR too many commands")
              : command(authorization, text);
      case Pop3State.Challenged challenged -> auth.response(challenged.talk(), text);
      case Pop3State.Transaction transaction ->
          state.talk().commands() > settings.commands()
              ? replies.bye(state.talk(), "-ERR too many commands")
              : command(transaction, text);
      case Pop3State.Checking busy -> replies.hangUp(busy.talk());
      case Pop3State.Vouching busy -> replies.hangUp(busy.talk());
      case Pop3State.Upgrading busy -> replies.hangUp(busy.talk());
      case Pop3State.Sending busy -> replies.hangUp(busy.talk());
      case Pop3State.Updating busy -> replies.hangUp(busy.talk());
      case Pop3State.Closed over -> replies.hangUp(over.talk());
    };
  }

  private Step<Pop3State, Pop3Question> command(Pop3State.Authorization state, String text) {
    String keyword = keyword(text);
    Command<Pop3State.Authorization> command = beforeLogin.get(keyword);
    return command != null
        ? command.on(state, argument(text))
        : misplaced(state, afterLogin.get(keyword), "log in first");
  }

  private Step<Pop3State, Pop3Question> command(Pop3State.Transaction state, String text) {
    String keyword = keyword(text);
    Command<Pop3State.Transaction> command = afterLogin.get(keyword);
    if (command == null) {
      return misplaced(state, beforeLogin.get(keyword), "not after login");
    }
    // The password may have been taken away since the last command.
    Pop3State.Vouching vouching = new Pop3State.Vouching(state, command.on(state, argument(text)));
    return replies.ask(vouching, new Pop3Question.StillWelcome());
  }

  private Step<Pop3State, Pop3Question> misplaced(
      Pop3State state, @Nullable Command<?> elsewhere, String reason) {
    return replies.wrong(state, elsewhere == null ? "unknown command" : reason);
  }

  private static String keyword(String text) {
    int space = text.indexOf(' ');
    return (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
  }

  private static String argument(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? "" : text.substring(space + 1);
  }

  private Step<Pop3State, Pop3Question> bad(Pop3State before, LineFault fault) {
    Talk talk = before.talk().oneMoreCommand();
    Pop3State state =
        before instanceof Pop3State.Challenged
            ? new Pop3State.Authorization(talk, "")
            : before.with(talk);
    return replies.wrong(
        state,
        switch (fault) {
          case BARE_CR, BARE_LF -> "a line ends in CR and LF";
          case NUL -> "no NUL in commands";
          case TOO_LONG -> "line too long";
        });
  }

  private Step<Pop3State, Pop3Question> answer(Pop3State state, Pop3Answer answer) {
    return switch (state) {
      case Pop3State.Checking checking -> checked(checking, answer);
      case Pop3State.Vouching vouching -> vouched(vouching, answer);
      case Pop3State.Sending sending -> sent(sending, answer);
      case Pop3State.Updating updating -> updated(updating, answer);
      case Pop3State.Authorization other -> replies.hangUp(other.talk());
      case Pop3State.Challenged other -> replies.hangUp(other.talk());
      case Pop3State.Upgrading other -> replies.hangUp(other.talk());
      case Pop3State.Transaction other -> replies.hangUp(other.talk());
      case Pop3State.Closed other -> replies.hangUp(other.talk());
    };
  }

  private Step<Pop3State, Pop3Question> checked(Pop3State.Checking state, Pop3Answer answer) {
    if (answer instanceof Pop3Answer.LoggedIn(Listing listing)) {
      Pop3State.Transaction open = new Pop3State.Transaction(state.talk(), listing, Marks.NONE);
      return replies.ok(open, StatCommand.counted(open));
    }
    if (answer instanceof Pop3Answer.Denied) {
      return replies.notLoggedIn(state.talk(), "[AUTH] wrong user or password");
    }
    if (answer instanceof Pop3Answer.InUse) {
      return replies.notLoggedIn(state.talk(), "[IN-USE] another session has the mailbox open");
    }
    return replies.notLoggedIn(state.talk(), LATER);
  }

  private Step<Pop3State, Pop3Question> vouched(Pop3State.Vouching state, Pop3Answer answer) {
    return answer instanceof Pop3Answer.Welcome
        ? state.then()
        : replies.bye(state.talk(), "-ERR [AUTH] your login holds no more, log in again");
  }

  private Step<Pop3State, Pop3Question> sent(Pop3State.Sending state, Pop3Answer answer) {
    return answer instanceof Pop3Answer.Sent
        ? replies.silently(state.transaction())
        : replies.no(state.transaction(), LATER);
  }

  private Step<Pop3State, Pop3Question> updated(Pop3State.Updating state, Pop3Answer answer) {
    return answer instanceof Pop3Answer.Updated
        ? replies.bye(state.talk(), "+OK bye")
        : replies.bye(state.talk(), "-ERR [SYS/TEMP] nothing was deleted, try again later");
  }

  private Step<Pop3State, Pop3Question> failed(Pop3State state) {
    return switch (state) {
      case Pop3State.Checking checking -> replies.notLoggedIn(checking.talk(), LATER);
      case Pop3State.Vouching vouching -> replies.bye(vouching.talk(), "-ERR " + LATER);
      case Pop3State.Updating updating -> replies.bye(updating.talk(), "-ERR " + LATER);
      // Part of the message may have been sent: no reply could be told from it.
      case Pop3State.Sending sending -> replies.hangUp(sending.talk());
      case Pop3State.Authorization other -> replies.hangUp(other.talk());
      case Pop3State.Challenged other -> replies.hangUp(other.talk());
      case Pop3State.Upgrading other -> replies.hangUp(other.talk());
      case Pop3State.Transaction other -> replies.hangUp(other.talk());
      case Pop3State.Closed other -> replies.hangUp(other.talk());
    };
  }
}
