package dev.postrider.mailet.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.results.MethodResult;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private static List<String> told(boolean noSender, String... results) {
    List<MethodResult> read =
        Stream.of(results).map(each -> MethodResult.read(each).orElseThrow()).toList();
    return Proofs.of(read, "news.example.org", "example.org", noSender).stream()
        .map(
            each -> each.method() + " " + each.domain() + " " + each.detail() + " " + each.result())
        .toList();
  }

  @Test
  void whatTellsTheDomainMostComesFirst() { // RFC 9990 §3.1.3
    assertThat(
            told(
                false,
                "spf=pass smtp.mailfrom=x@example.org",
                "dkim=fail header.d=news.example.org header.s=a",
                "dkim=pass header.d=list.example header.s=b",
                "dkim=pass header.d=example.org header.s=c",
                "dkim=pass header.d=News.Example.Org header.s=d"))
        .containsExactly(
            "dkim News.Example.Org d pass",
            "dkim example.org c pass",
            "dkim list.example b pass",
            "dkim news.example.org a fail",
            "spf example.org mfrom pass");
  }

  @Test
  void onlyTheSenderIsToldOfSpfAndHeloWhereThereIsNone() { // RFC 9990 §3.1.1.13
    String[] both = {"spf=fail smtp.helo=mx.example.org", "spf=pass smtp.mailfrom=x@example.org"};
    assertThat(told(false, both)).containsExactly("spf example.org mfrom pass");
    assertThat(told(true, both)).containsExactly("spf mx.example.org mfrom fail");
    assertThat(told(false, "spf=none smtp.helo=mx.example.org", "dkim=none")).isEmpty();
  }

  @Test
  void signaturesWithoutEndAreCutOff() {
    String[] many =
        IntStream.range(0, 60)
            .mapToObj(i -> "dkim=fail header.d=d" + i + ".example header.s=s")
            .toArray(String[]::new);
    assertThat(told(false, many)).hasSize(20);
  }
}
