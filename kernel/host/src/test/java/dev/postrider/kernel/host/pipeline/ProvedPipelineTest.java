package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipelines that break what is proved at load, and pipelines that look as if they did. */
class ProvedPipelineTest extends Proving {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "everybody's mail is relayed",
            RELAY,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root → match=\"All\""
                + " class=\"RemoteDelivery\" (conf/pipeline.xml:2)"
                + CONDITION),
        Arguments.of(
            "a header field opens the relay",
            "<mailet match='HasHeader=X-Relay=yes' class='RemoteDelivery'/>\n" + HOLD,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"HasHeader=X-Relay=yes\" class=\"RemoteDelivery\""
                + " (conf/pipeline.xml:2), if 'HasHeader=X-Relay=yes' matches"
                + CONDITION
                + " --header 'X-Relay: yes'"),
        Arguments.of(
            "a sender's address opens it, and anybody may claim to be that",
            "<mailet match='SenderIs=boss@example.test' class='RemoteDelivery'/>\n" + HOLD,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"SenderIs=boss@example.test\" class=\"RemoteDelivery\""
                + " (conf/pipeline.xml:2), if 'SenderIs=boss@example.test' matches"
                + CONDITION.replace("stranger@elsewhere.example", "boss@example.test")),
        Arguments.of(
            "the known network is the Internet",
            "<mailet match='RemoteAddressInNetwork=0.0.0.0/0' class='RemoteDelivery'/>\n" + HOLD,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"RemoteAddressInNetwork=0.0.0.0/0\" class=\"RemoteDelivery\""
                + " (conf/pipeline.xml:2), if 'RemoteAddressInNetwork=0.0.0.0/0' matches"
                + CONDITION),
        Arguments.of(
            "the known network is the other half of it",
            "<mailet match='RemoteAddressInNetwork=0.0.0.0/1' class='RemoteDelivery'/>\n" + HOLD,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"RemoteAddressInNetwork=0.0.0.0/1\" class=\"RemoteDelivery\""
                + " (conf/pipeline.xml:2), if 'RemoteAddressInNetwork=0.0.0.0/1' matches"
                + CONDITION.replace("198.51.100.23", "1.77.5.3")),
        Arguments.of(
            "a matcher made of others lets too many through",
            "<matcher name='ours' match='Or'><matcher match='SenderIsAuthenticated'/>"
                + "<matcher match='Not'><matcher match='SubjectContains=spam'/></matcher>"
                + "</matcher>\n<mailet match='ours' class='RemoteDelivery'/>\n"
                + HOLD,
            "conf/pipeline.xml:3: 'RemoteDelivery' relays for strangers: root → match=\"ours\""
                + " class=\"RemoteDelivery\" (conf/pipeline.xml:3)"
                + CONDITION),
        Arguments.of(
            "those who logged in are refused and the others relay",
            "<mailet match='SenderIsAuthenticated' class='Refuse'/>\n"
                + "<mailet notmatch='RecipientIsLocal' "
                + to("out")
                + "\n"
                + HOLD
                + "\n#out\n"
                + RELAY,
            "conf/pipeline.xml:6: 'RemoteDelivery' relays for strangers: root → match=\"not"
                + " RecipientIsLocal\" class=\"ToProcessor\" (conf/pipeline.xml:3) → out →"
                + " match=\"All\" class=\"RemoteDelivery\" (conf/pipeline.xml:6)"
                + CONDITION),
        Arguments.of(
            "mail whose plugin failed is sent on",
            "<mailet match='SubjectContains=x' class='Null'/>\n" + HOLD + "\n#error\n" + RELAY,
            "conf/pipeline.xml:5: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"SubjectContains=x\" class=\"Null\" (conf/pipeline.xml:2) → error →"
                + " match=\"All\" class=\"RemoteDelivery\" (conf/pipeline.xml:5), if"
                + " 'SubjectContains=x' matches and the mailet of"
                + " match=\"SubjectContains=x\" class=\"Null\" (conf/pipeline.xml:2) fails"
                + CONDITION
                + " --header 'Subject: x'"),
        Arguments.of(
            "a matcher that fails counts as one that matches",
            "<mailet match='SenderIsAuthenticated' class='RemoteDelivery'"
                + " onMatchException='matchall'/>\n"
                + HOLD,
            "conf/pipeline.xml:2: 'RemoteDelivery' relays for strangers: root →"
                + " match=\"SenderIsAuthenticated\" class=\"RemoteDelivery\""
                + " (conf/pipeline.xml:2), if the matcher of match=\"SenderIsAuthenticated\""
                + " class=\"RemoteDelivery\" (conf/pipeline.xml:2) fails"
                + CONDITION),
        Arguments.of(
            "the null sender is replaced, and then the mail is refused",
            "<mailet match='RecipientIsLocal' class='Forge'/>\n"
                + "<mailet match='HasHeader=X' class='Refuse'/>\n"
                + HOLD,
            "conf/pipeline.xml:3: 'Refuse' may cause a report about a mail with the null sender,"
                + " which 'Forge' (conf/pipeline.xml:2) replaces: root → match=\"HasHeader=X\""
                + " class=\"Refuse\" (conf/pipeline.xml:3), if 'RecipientIsLocal' matches and"
                + " 'HasHeader=X' matches; let such mail past with notmatch=\"SenderIsNull\" at"
                + " conf/pipeline.xml:2; see it with: postrider trace --home DIR --pipeline"
                + " DIR/conf/pipeline.xml --client 198.51.100.23 --from '<>' --to postmaster"
                + " --header 'X: x'"),
        Arguments.of(
            "a mail with the null sender is answered",
            "<mailet match='RecipientIsLocal' class='Answer'/>\n" + HOLD,
            "conf/pipeline.xml:2: 'Answer' answers a mail with the null sender: root →"
                + " match=\"RecipientIsLocal\" class=\"Answer\" (conf/pipeline.xml:2), if"
                + " 'RecipientIsLocal' matches; let such mail past with notmatch=\"SenderIsNull\""
                + " at conf/pipeline.xml:2; see it with: postrider trace --home DIR --pipeline"
                + " DIR/conf/pipeline.xml --client 198.51.100.23 --from '<>' --to postmaster"),
        Arguments.of(
            "every mail makes another",
            "<mailet match='HasHeader=X' class='Hold'/>\n<mailet match='All' "
                + to("copies")
                + "\n#copies\n<mailet match='All' class='Copy'/>\n"
                + HOLD,
            "conf/pipeline.xml:5: 'Copy' sends a new mail for every mail, also for those it sends"
                + " itself: root → match=\"All\" class=\"ToProcessor\" (conf/pipeline.xml:3) →"
                + " copies → match=\"All\" class=\"Copy\" (conf/pipeline.xml:5) → a new mail →"
                + " root; put a condition before it that its own mails don't meet"),
        Arguments.of(
            "a signed body is changed",
            "<mailet match='SenderIsAuthenticated' class='Sign'/>\n"
                + "<mailet match='SizeGreaterThan=1k' class='Footer'/>\n"
                + HOLD,
            "conf/pipeline.xml:3: 'Footer' changes a body that 'Sign' (conf/pipeline.xml:2) has"
                + " signed: root → match=\"SizeGreaterThan=1k\" class=\"Footer\""
                + " (conf/pipeline.xml:3), if 'SenderIsAuthenticated' matches and"
                + " 'SizeGreaterThan=1k' matches; sign after it"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void isRefusedWithThePathAndAMailThatTakesIt(String name, String entries, String problem) {
    assertThat(workbench.problems(lines(entries))).as(name).containsExactly(problem);
  }

  static Stream<Arguments> sound() {
    return Stream.of(
        Arguments.of(
            "peers that logged in",
            "<mailet match='SenderIsAuthenticated' class='RemoteDelivery'/>"),
        Arguments.of(
            "under James' name", "<mailet match='SMTPAuthSuccessful' class='RemoteDelivery'/>"),
        Arguments.of(
            "networks",
            "<mailet match='RemoteAddressInNetwork=10.0.0.0/8, 17.0.0.0/8, 2001:db8::/32' class='RemoteDelivery'/>"),
        Arguments.of(
            "a gateway to an inner server",
            "<mailet match='RecipientIsLocal' class='RemoteDelivery'><gateway>inner.example.test</gateway></mailet>"),
        Arguments.of(
            "a domain of a partner",
            "<mailet match='HostIs=partner.example' class='RemoteDelivery'/>"),
        Arguments.of(
            "a recipient that is named",
            "<mailet match='All' class='SetRecipients'><recipients>a@foreign.example</recipients></mailet>\n"
                + RELAY),
        Arguments.of(
            "strangers are refused before",
            "<mailet match='RemoteAddrNotInNetwork=127.0.0.1' class='Refuse'/>\n" + RELAY),
        Arguments.of(
            "all conditions of several",
            "<matcher name='m' match='And'><matcher match='HasHeader=X'/><matcher match='SenderIsAuthenticated'/></matcher>\n<mailet match='m' class='RemoteDelivery'/>"),
        Arguments.of(
            "a note that only a login leaves",
            "<mailet match='SenderIsAuthenticated' class='SetMailAttribute'><name>trusted</name></mailet>\n<mailet match='All' class='SetMailAttribute'><name>seen</name></mailet>\n<mailet match='HasMailAttribute=trusted' class='RemoteDelivery'/>"),
        Arguments.of(
            "the same question twice",
            "<mailet match='HasHeader=X' class='Hold'/>\n"
                + "<mailet match='HasHeader=X' class='RemoteDelivery'/>"),
        Arguments.of(
            "signed or changed",
            "<mailet match='SenderIsAuthenticated' class='Sign'/>\n"
                + "<mailet notmatch='SenderIsAuthenticated' class='Footer'/>"),
        Arguments.of(
            "signed last",
            "<mailet match='All' class='Footer'/>\n<mailet match='All' class='Sign'/>"),
        Arguments.of(
            "the null sender is let past",
            "<mailet notmatch='SenderIsNull' class='Forge'/>\n<mailet match='HasHeader=X' class='Refuse'/>"),
        Arguments.of(
            "null senders are refused as such", "<mailet match='SenderIsNull' class='Bounce'/>"),
        Arguments.of("answers to people only", "<mailet notmatch='IsBounce' class='Answer'/>"),
        Arguments.of("copies of some", "<mailet match='HasHeader=X' class='Copy'/>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sound")
  void isTaken(String name, String entries) {
    String all = entries.endsWith(RELAY) ? entries : entries + "\n" + HOLD;
    assertThat(workbench.problems(lines(all))).as(name).isEmpty();
    assertThat(workbench.notices(lines(all))).as(name).isEmpty();
  }
}
