package dev.postrider.mailet.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Combines;
import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Everything;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.Observed;
import dev.postrider.plugin.testkit.RecordingLogger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every matcher and mailet declares is compared with what it does to a thousand mails. */
class DeclarationsTest {

  private static final List<String> CLIENTS =
      List.of("192.0.2.1", "192.0.2.200", "10.1.2.3", "198.51.100.7", "2001:db8::1", "127.0.0.1");
  private static final List<String> ADDRESSES =
      List.of("bob@example.test", "eve@example.test", "a@partner.example", "x@foreign.example");
  private static final List<Network> NETWORKS =
      List.of(Network.parse("192.0.2.0/25"), Network.parse("2001:db8::/32"));
  private static final Set<String> NAMED = Set.of("partner.example");
  private static final EmailAddress NAMED_ADDRESS = EmailAddress.parse("bob@example.test");
  private static final FixedDirectory DIRECTORY = FixedDirectory.of("bob@example.test");
  private static final List<Mail> MAILS = mails();

  private static List<Mail> mails() {
    Random random = new Random(20261125);
    List<Mail> out = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      MailBuilder mail = MailBuilder.aMail().client(one(CLIENTS, random)).helo("h" + i % 3 + ".x");
      if (random.nextBoolean()) {
        mail.loggedInAs("bob@example.test");
      }
      mail.from(random.nextInt(3) == 0 ? "" : one(ADDRESSES, random));
      List<String> to = new ArrayList<>(ADDRESSES);
      Collections.shuffle(to, random);
      mail.to(to.subList(0, 1 + random.nextInt(to.size())).toArray(String[]::new));
      for (int field = random.nextInt(4); field > 0; field--) {
        mail.header(random.nextBoolean() ? "Received" : "X-A", "value " + field);
      }
      mail.subject(random.nextBoolean() ? "lottery" : "lunch");
      mail.body("x".repeat(random.nextInt(2000)));
      if (random.nextBoolean()) {
        mail.attribute("note", random.nextBoolean() ? "true" : "other");
      }
      out.add(mail.build());
    }
    return out;
  }

  private static String one(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  static Stream<Matcher> matchers() {
    return Stream.of(
        new All(),
        new HasHeader("X-A"),
        new HasMailAttribute("note"),
        new HasMailAttribute("note=true"),
        new HostIs(NAMED),
        new HostIsLocal(DIRECTORY),
        new IsBounce(),
        new RecipientIs(Set.of(NAMED_ADDRESS)),
        new RecipientIsLocal(DIRECTORY),
        new RelayLimit(2),
        new RemoteAddrInNetwork(NETWORKS),
        new RemoteAddrNotInNetwork(NETWORKS),
        new RemoteAddressInNetwork(NETWORKS),
        new SMTPAuthSuccessful(),
        new SenderHostIs(NAMED),
        new SenderIs(Set.of(NAMED_ADDRESS)),
        new SenderIsAuthenticated(),
        new SenderIsNull(),
        new SizeGreaterThan(ByteSize.parse("1000")),
        new SubjectContains("lottery"),
        new And(CHILDREN),
        new Or(CHILDREN),
        new Not(CHILDREN));
  }

  private static final List<Matcher> CHILDREN =
      List.of(new RecipientIsLocal(DIRECTORY), new SenderIsAuthenticated(), new HostIs(NAMED));

  static Stream<Mailet> mailets() {
    ProcessorName spam = new ProcessorName("spam");
    return Stream.of(
        new AddHeader("X-A", "1"),
        new Bounce(Optional.empty(), EnhancedStatus.parse("5.0.0")),
        new Defer("later"),
        new Hold("held"),
        new LocalDelivery("INBOX"),
        new Log(
            new RecordingLogger(),
            LogLevel.INFO,
            Optional.empty(),
            true,
            true,
            ByteSize.parse("4k")),
        new Null("gone"),
        new Refuse(550, Optional.empty(), Optional.empty()),
        new RemoteDelivery(Optional.empty(), 25, Optional.empty(), Optional.empty(), false),
        new RemoveHeader(List.of("X-A", "Subject")),
        new RemoveMailAttribute("note"),
        new SetMailAttribute("note", "1"),
        new SetRecipients(Set.of(EmailAddress.parse("new@elsewhere.example"))),
        new ToProcessor(spam, Optional.of("a notice")));
  }

  @Test
  void allAreTried() {
    StandardPlugin plugin = new StandardPlugin();
    assertThat(matchers().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(plugin.matchers()));
    assertThat(mailets().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(plugin.mailets()));
  }

  @ParameterizedTest
  @MethodSource("mailets")
  void aMailetDoesWhatItDeclaresAndNothingElse(Mailet mailet) {
    Does does = mailet.getClass().getAnnotation(Does.class);
    assertThat(does).as("@Does of %s", mailet.getClass()).isNotNull();
    Set<Action> seen = EnumSet.noneOf(Action.class);
    MAILS.forEach(mail -> seen.addAll(Observed.actions(mail, mailet.process(mail))));
    assertThat(seen).containsExactlyInAnyOrder(does.value());
  }

  @ParameterizedTest
  @MethodSource("matchers")
  void aMatcherMatchesIfAndOnlyIfItsFactHolds(Matcher matcher) {
    Class<?> type = matcher.getClass();
    Decides decides = type.getAnnotation(Decides.class);
    Combines combines = type.getAnnotation(Combines.class);
    if (type.isAnnotationPresent(Everything.class)) {
      MAILS.forEach(mail -> assertThat(matcher.match(mail)).isEqualTo(mail.all()));
    } else if (combines != null) {
      MAILS.forEach(
          mail ->
              assertThat(matcher.match(mail))
                  .isEqualTo(mail.recipientsIf(to -> combined(combines.value(), mail, to))));
    } else {
      assertThat(decides).as("@Decides of %s", type).isNotNull();
      decided(matcher, decides);
    }
  }

  private static boolean combined(Combination how, Mail mail, Recipient to) {
    Stream<Boolean> answers = CHILDREN.stream().map(child -> child.match(mail).contains(to));
    return switch (how) {
      case ALL -> answers.allMatch(Boolean::booleanValue);
      case ANY -> answers.anyMatch(Boolean::booleanValue);
      case NONE -> answers.noneMatch(Boolean::booleanValue);
    };
  }

  private static void decided(Matcher matcher, Decides decides) {
    switch (decides.value()) {
      case SENDERS_CHOICE -> {
        // A stranger can do both.
        Set<Boolean> seen =
            MAILS.stream()
                .filter(mail -> mail.client().login().isEmpty())
                .filter(mail -> mail.client().address().getHostAddress().startsWith("198."))
                .map(mail -> matcher.match(mail).equals(mail.all()))
                .collect(Collectors.toSet());
        assertThat(seen).containsExactlyInAnyOrder(true, false);
      }
      case ATTRIBUTE -> {
        Map<Map<String, String>, Set<Boolean>> seen =
            MAILS.stream()
                .collect(
                    Collectors.groupingBy(
                        Mail::attributes,
                        Collectors.mapping(
                            mail -> matcher.match(mail).equals(mail.all()), Collectors.toSet())));
        assertThat(seen.values()).allMatch(answers -> answers.size() == 1);
        assertThat(new HashSet<>(seen.values())).hasSize(2);
      }
      case AUTHENTICATED,
          KNOWN_NETWORK,
          LOCAL_RECIPIENT,
          LOCAL_DOMAIN,
          NAMED_RECIPIENT,
          NULL_SENDER ->
          MAILS.forEach(
              mail ->
                  assertThat(matcher.match(mail))
                      .isEqualTo(
                          mail.recipientsIf(
                              to -> holds(matcher, decides, mail, to) != decides.inverted())));
    }
  }

  private static boolean holds(Matcher matcher, Decides decides, Mail mail, Recipient to) {
    return switch (decides.value()) {
      case AUTHENTICATED -> mail.client().login().isPresent();
      case KNOWN_NETWORK ->
          NETWORKS.stream().anyMatch(network -> network.contains(mail.client().address()));
      case LOCAL_RECIPIENT -> to.address().toString().equals("bob@example.test");
      case LOCAL_DOMAIN -> to.address().domain().equals("example.test");
      case NAMED_RECIPIENT ->
          matcher instanceof HostIs
              ? NAMED.contains(to.address().domain())
              : to.address().equals(NAMED_ADDRESS);
      case NULL_SENDER -> mail.sender().isNull();
      case ATTRIBUTE, SENDERS_CHOICE -> throw new IllegalStateException("no single fact");
    };
  }
}
