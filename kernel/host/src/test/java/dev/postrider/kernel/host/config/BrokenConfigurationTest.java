package dev.postrider.kernel.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokenConfigurationTest extends ConfigurationFixture {

  @Test
  void theSmallestConfigurationIsFine() {
    assertThat(problems("<postrider>", NAME, DOORS, "</postrider>")).isEmpty();
  }

  @Test
  void unknownElement() {
    assertThat(problems("<postrider>", NAME, DOORS, "<storrage/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: unknown element <storrage> in <postrider>; did you mean"
                + " 'storage'?");
  }

  @Test
  void unknownAttribute() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                SMTP,
                "<listener name=\"pop3\" protocol=\"pop3\" prot=\"110\"",
                "          tls=\"starttls\" port=\"110\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:6: unknown attribute 'prot' of <listener name=\"pop3\">; did you"
                + " mean 'port'?");
  }

  @Test
  void elementWhereAnAttributeBelongs() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<storage>",
                "<directory>data</directory>",
                "</storage>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: unknown element <directory> in <storage>; write it as an"
                + " attribute: directory=\"…\"");
  }

  @Test
  void notANumber() {
    assertThat(
            problems(
                "<postrider>", NAME, DOORS, "<outbound connections=\"many\"/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: connections 'many' of <outbound> is not a number; write a whole"
                + " number from 1 to 100000");
  }

  @Test
  void portOutOfRange() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"70000\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: port '70000' of <listener name=\"smtp\"> is out of range; write"
                + " a whole number from 0 to 65535");
  }

  @Test
  void limitsBelowWhatTheStandardAsks() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<limits message-size=\"10k\" recipients=\"99\"",
                "        command-line=\"511\"/>",
                SMTP,
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: message-size '10k' of <limits> is out of range; write a size"
                + " from 64k to 1024g",
            "conf/postrider.xml:5: recipients '99' of <limits> is out of range; write a whole"
                + " number from 100 to 50000",
            "conf/postrider.xml:5: command-line '511' of <limits> is out of range; write a whole"
                + " number from 512 to 65536");
  }

  @Test
  void timesAndSwitchesWithoutSense() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<limits greet-delay=\"1h\"/>",
                SMTP,
                "</listeners>",
                "<bans first=\"2h\" longest=\"1h\"/>",
                "<senders watched=\"yes\"/>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: greet-delay '1h' of <limits> is too long; write a time of at"
                + " most 60s",
            "conf/postrider.xml:7: the longest ban is shorter than the first; write a longer time",
            "conf/postrider.xml:8: watched 'yes' of <senders> is neither true nor false; write one"
                + " of them");
  }

  @Test
  void notATimeNotASizeNotANetworkNotAResolver() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<storage ledger-retention=\"30 fortnights\"",
                "         minimum-free=\"lots\"/>",
                "<networks relay=\"192.0.2.0/24, intranet\"/>",
                "<dns servers=\"dns.example.test\"/>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: attribute 'minimum-free' of <storage>: 'lots' is not a size"
                + " like 500k, 25m or 1g",
            "conf/postrider.xml:5: attribute 'ledger-retention' of <storage>: '30 fortnights' is"
                + " not a time like 500ms, 10s, 5m, 2h or 3d",
            "conf/postrider.xml:6: attribute 'relay' of <networks>: 'intranet' is not a network"
                + " like 192.0.2.0/24 or 2001:db8::/32",
            "conf/postrider.xml:7: attribute 'servers' of <dns>: 'dns.example.test' is not the"
                + " address of a resolver like 127.0.0.1:5353");
  }

  @Test
  void notAnAddressToListenOn() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"25\" address=\"eth0\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: attribute 'address' of <listener name=\"smtp\">: 'eth0' is not"
                + " an IP address such as 127.0.0.1, 0.0.0.0 or ::");
  }

  @Test
  void unknownChoice() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smpt\" port=\"25\" tls=\"startls\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: protocol 'smpt' of <listener name=\"smtp\"> is not known; did"
                + " you mean 'smtp'?",
            "conf/postrider.xml:4: tls 'startls' of <listener name=\"smtp\"> is not known; did you"
                + " mean 'starttls'?");
  }

  @Test
  void twoListenersOfOneNameOrOnePort() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                SMTP,
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"26\"/>",
                "<listener name=\"lmtp\" protocol=\"lmtp\" address=\"127.0.0.1\" port=\"25\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: a second listener has the name 'smtp', first in line 4; give it"
                + " another name",
            "conf/postrider.xml:6: the listeners 'smtp' and 'lmtp' both want port 25 of 127.0.0.1;"
                + " give one of them another port, or port=\"off\"");
  }

  @Test
  void doorsThatWouldNotBeSafe() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"pop3\" protocol=\"pop3\" port=\"110\"/>",
                "<listener name=\"admin\" protocol=\"admin\" port=\"8025\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: nobody could log in at <listener name=\"pop3\"> without TLS;"
                + " write tls=\"starttls\" or tls=\"implicit\"",
            "conf/postrider.xml:5: administration may only listen on loopback, not on 0.0.0.0;"
                + " write address=\"127.0.0.1\" and use an SSH tunnel");
  }

  @Test
  void nothingToListenOn() {
    assertThat(problems("<postrider>", NAME, "<listeners/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:3: no listener is on, nobody could connect; give one of them a"
                + " port");
  }

  @Test
  void missingAndWrongHostNames() {
    assertThat(problems("<postrider>", DOORS, "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:1: <hostname> is missing; add"
                + " <hostname>mail.example.org</hostname> with your host's name");
    assertThat(problems("<postrider>", "<hostname>my server</hostname>", DOORS, "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:2: <hostname>: the domain 'my server' holds a character that host"
                + " names can't have");
  }

  @Test
  void twoOfASectionAndTwoOfADomain() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<dns/>",
                "<dns/>",
                "<domains>",
                "<domain>example.test</domain>",
                "<domain>Example.Test</domain>",
                "</domains>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: <dns> is there twice, first in line 4; keep one",
            "conf/postrider.xml:8: the domain 'example.test' is there twice; keep one");
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                "<postrider>",
                "<hostname>[192.0.2.1]</hostname>",
                "<listeners>",
                "<listener protocol=\"smtp\" port=\"x\"/>",
                "</listeners>",
                "<login free-failures=\"-1\"/>",
                "<outbound retry=\"\"/>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:2: <hostname>: '[192.0.2.1]' is an address, not the name of a host",
            "conf/postrider.xml:4: attribute 'name' of <listener> is missing; add name=\"…\"",
            "conf/postrider.xml:4: port 'x' of <listener> is not a number; write a whole number"
                + " from 0 to 65535",
            "conf/postrider.xml:6: free-failures '-1' of <login> is out of range; write a whole"
                + " number from 0 to 100000",
            "conf/postrider.xml:7: the retry schedule is empty; write retry=\"2m, 15m, 1h, 4h\"");
  }
}
