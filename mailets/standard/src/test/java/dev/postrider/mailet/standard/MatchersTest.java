package dev.postrider.mailet.standard;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMatcher;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.testkit.FixedDirectory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatchersTest {

  private static final Set<EmailAddress> BOB = Set.of(EmailAddress.parse("Bob@Example.Test"));

  @Test
  void allMatchesEverybody() {
    assertThatMatcher(new All()).given(aMail().to("a@x.test", "b@y.test")).matchesAll();
  }

  @Test
  void recipientsAreToldApart() {
    FixedDirectory directory = FixedDirectory.of("bob@example.test");
    var mail = aMail().to("BOB@example.test", "bob+x@example.test", "eve@example.test", "b@x.net");

    assertThatMatcher(new RecipientIs(BOB)).given(mail).matches("BOB@example.test");
    assertThatMatcher(new RecipientIsLocal(directory))
        .given(mail)
        .matches("BOB@example.test", "bob+x@example.test");
    assertThatMatcher(new HostIsLocal(directory))
        .given(mail)
        .matches("BOB@example.test", "bob+x@example.test", "eve@example.test");
    assertThatMatcher(new HostIs(Set.of("X.net."))).given(mail).matches("b@x.net");
  }

  @Test
  void aDomainMatchesInEitherSpelling() {
    assertThatMatcher(new HostIs(Set.of("müller.example")))
        .given(aMail().to("a@xn--mller-kva.example"))
        .matchesAll();
  }

  @Test
  void setsOfRecipientsAreCombined() {
    RecipientIs bob = new RecipientIs(BOB);
    HostIs here = new HostIs(Set.of("example.test"));
    var mail = aMail().to("bob@example.test", "eve@example.test", "b@x.net");

    assertThatMatcher(new And(List.of(here, bob))).given(mail).matches("bob@example.test");
    assertThatMatcher(new And(List.of(here, new Not(List.of(bob)))))
        .given(mail)
        .matches("eve@example.test");
    assertThatMatcher(new Or(List.of(bob, new HostIs(Set.of("x.net")))))
        .given(mail)
        .matches("bob@example.test", "b@x.net");
    assertThatMatcher(new Not(List.of(bob, here))).given(mail).matches("b@x.net");
    assertThatMatcher(new Not(List.of(new All()))).given(mail).matchesNothing();
  }

  @Test
  void andStopsAtTheFirstEmptySet() {
    And and =
        new And(
            List.of(
                new Not(List.of(new All())),
                _ -> {
                  throw new IllegalStateException("asked in vain");
                }));
    assertThatMatcher(and).given(aMail()).matchesNothing();
  }

  @Test
  void theSenderIsComparedWithoutCase() {
    assertThatMatcher(new SenderIs(BOB)).given(aMail().from("bob@EXAMPLE.test")).matchesAll();
    assertThatMatcher(new SenderIs(BOB)).given(aMail()).matchesNothing();
    assertThatMatcher(new SenderIs(BOB)).given(aMail().fromNobody()).matchesNothing();
    assertThatMatcher(new SenderHostIs(Set.of("example.org"))).given(aMail()).matchesAll();
    assertThatMatcher(new SenderHostIs(Set.of("org"))).given(aMail()).matchesNothing();
  }

  @Test
  void theNullSenderMarksABounceButOnlyAfterMail() {
    assertThatMatcher(new IsBounce()).given(aMail().fromNobody()).matchesAll();
    assertThatMatcher(new SenderIsNull()).given(aMail().fromNobody()).matchesAll();
    assertThatMatcher(new IsBounce()).given(aMail().fromNobody().atSender()).matchesAll();
    assertThatMatcher(new IsBounce()).given(aMail().atConnect()).matchesNothing();
    assertThatMatcher(new SenderIsNull()).given(aMail()).matchesNothing();
  }

  @Test
  void aLoginAuthenticates() {
    var mail = aMail().loggedInAs("alice@example.test");
    assertThatMatcher(new SenderIsAuthenticated()).given(mail).matchesAll();
    assertThatMatcher(new SMTPAuthSuccessful()).given(mail.atSender()).matchesAll();
    assertThatMatcher(new SenderIsAuthenticated()).given(aMail()).matchesNothing();
  }

  @Test
  void thePeerIsComparedWithNetworksInEveryStage() {
    List<Network> networks = List.of(Network.parse("192.0.2.0/28"), Network.parse("2001:db8::/32"));
    RemoteAddressInNetwork inside = new RemoteAddressInNetwork(networks);
    assertThatMatcher(inside).given(aMail().client("192.0.2.15").atConnect()).matchesAll();
    assertThatMatcher(inside).given(aMail().client("2001:db8:1::1")).matchesAll();
    assertThatMatcher(inside).given(aMail().client("192.0.2.16")).matchesNothing();
    assertThatMatcher(new RemoteAddrInNetwork(networks)).given(aMail()).matchesAll();
    assertThatMatcher(new RemoteAddrNotInNetwork(networks)).given(aMail()).matchesNothing();
  }

  @Test
  void sizeIsComparedStrictly() {
    String message = "A: b\n\n" + "x".repeat(92);
    assertThatMatcher(new SizeGreaterThan(ByteSize.parse("100")))
        .given(aMail().message(message))
        .matchesNothing();
    assertThatMatcher(new SizeGreaterThan(ByteSize.parse("99")))
        .given(aMail().message(message))
        .matchesAll();
  }

  @Test
  void relayLimitCountsReceivedFieldsOfAnyCase() {
    var mail = aMail().header("Received", "from a").header("received", "from b");
    assertThatMatcher(new RelayLimit(2)).given(mail).matchesAll();
    assertThatMatcher(new RelayLimit(3)).given(mail).matchesNothing();
  }

  @Test
  void hasHeaderAsksForNameOrValueOrSeveral() {
    var mail = aMail().header("X-A", "one").header("X-A", "Größe").header("X-B", "two");
    assertThatMatcher(new HasHeader("x-a")).given(mail).matchesAll();
    assertThatMatcher(new HasHeader("X-A=größe")).given(mail).matchesAll();
    assertThatMatcher(new HasHeader("X-A=one+X-B")).given(mail).matchesAll();
    assertThatMatcher(new HasHeader("X-A=one + X-B=three")).given(mail).matchesNothing();
    assertThatMatcher(new HasHeader("X-C")).given(mail).matchesNothing();
  }

  @Test
  void subjectContainsSeesThroughEncodedWordsAndCase() {
    var mail = aMail().rawHeader("Subject: =?iso-8859-1?Q?SONDER?=\r\n =?utf-8?Q?=C3=9CBUNG?=\r\n");
    assertThatMatcher(new SubjectContains("sonderübung")).given(mail).matchesAll();
    assertThatMatcher(new SubjectContains("other")).given(mail).matchesNothing();
  }

  @Test
  void attributesAreAskedForByNameOrValue() {
    var mail = aMail().attribute("a.b", "1");
    assertThatMatcher(new HasMailAttribute("a.b")).given(mail).matchesAll();
    assertThatMatcher(new HasMailAttribute("a.b=1")).given(mail).matchesAll();
    assertThatMatcher(new HasMailAttribute("a.b=2")).given(mail).matchesNothing();
    assertThatMatcher(new HasMailAttribute("c")).given(mail).matchesNothing();
  }

  @Test
  void beforeThereIsAMessageOrRecipientOnlyWholeMailMatchersMatch() {
    FixedDirectory everything = FixedDirectory.of().withCatchAll("invalid");
    var mail = aMail().atSender();
    assertThatMatcher(new RecipientIsLocal(everything)).given(mail).matchesNothing();
    assertThatMatcher(new HostIs(Set.of("invalid"))).given(mail).matchesNothing();
    assertThatMatcher(new SizeGreaterThan(new ByteSize(0))).given(mail).matchesNothing();
    assertThatMatcher(new RelayLimit(1)).given(mail).matchesNothing();
    assertThatMatcher(new HasHeader("Subject")).given(mail).matchesNothing();
    assertThatMatcher(new SubjectContains("x")).given(mail).matchesNothing();
    assertThatMatcher(new Not(List.of(new HasHeader("Subject")))).given(mail).matchesAll();
    assertThatMatcher(new SenderHostIs(Set.of("example.org"))).given(mail).matchesAll();
    assertThatMatcher(new All()).given(mail).matchesAll();
  }

  @Test
  void conditionsThatMatchNothingAreRefused() {
    assertThatThrownBy(() -> new RecipientIs(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HostIs(Set.of("a b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RemoteAddressInNetwork(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RelayLimit(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SubjectContains(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HasHeader("=x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new And(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
