package dev.postrider.mailet.spam.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.testkit.Cost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

  private static final int HUGE = 1 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a<b>b</b>c|abc",
        "a<br>b|a b",
        "a<!-- x > y -->b|ab",
        "a<p title='>'>b|a b",
        "<td>a</td><td>b</td>|a b",
        "1 < 2 &amp; 3 &gt; 2 &nosuch; &#65;&#x42;&#xd800;|1 < 2 & 3 > 2 &nosuch; AB&#xd800;",
        "<script>if (a<b) x</script>y|y",
        "<STYLE>.a{}</style >y|y",
        "<noscript>what mail programs show</noscript>|what mail programs show",
        "<xmp>a</xmp> <textarea>b</textarea>|a b",
        "V<span style='font-size: 0px'>xx</span>iagra|Viagra",
        "V<span style=\"DISPLAY : none\">x<i>y</i></span>iagra|Viagra",
        "<div hidden>x</div>y|y",
        "<div style='font-size:0.8em'>y</div>|y",
        "<p>unclosed <b>tags</p> end|unclosed tags end",
        "a</ x>b|ab",
        "a<|a<",
        "<![CDATA[x]]>y|y"
      })
  void whatAClientShows(String html, String shown) {
    assertThat(HtmlText.read(html, 10).text().strip().replaceAll("\\s+", " ")).isEqualTo(shown);
  }

  @Test
  void hiddenTextCommentsAndPicturesAreCounted() {
    HtmlShape shape =
        HtmlText.read("<p>ab<!--123--><i style=display:none>cde</i><img src=x><form>", 10).shape();
    assertThat(shape).isEqualTo(new HtmlShape(2, 3, 10, 5, 1, 0, 0, 1, false));
  }

  @Test
  void aLinkThatNamesAnotherDomainThanItLeadsToIsDeceptive() {
    String bank = ">https://www.bank.example/</a>";
    assertThat(deceptive("<a href='http://evil.example/x'" + bank)).isOne();
    assertThat(deceptive("<a href='https://login.bank.example/x'" + bank)).isZero();
    assertThat(deceptive("<a href='https://bank.example/y'" + bank)).isZero();
    assertThat(deceptive("<a href='https://evil.test'>www.bank.example</a>")).isOne();
    assertThat(deceptive("<a href='https://evil.test'>click here</a>")).isZero();
    assertThat(deceptive("<a href='https://a.bank.test'>www.bank.test</a>")).isZero();
  }

  @Test
  void targetsOfLinksArePartOfWhatIsSeen() {
    assertThat(
            HtmlText.read(
                    "<a href='http&#58;//ex&#97;mple.org/a?b&amp;c'>x</a><img src=//i.test>", 9)
                .urls())
        .extracting(Url::host)
        .containsExactly("example.org", "i.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<a href='x'>",
        "<!--",
        "<script>",
        "<",
        "<a ",
        "<a href=\"",
        "</",
        "&#",
        "</div>",
        "<![",
        "<p style='display:none'>",
        "<b a=b ",
        "<style></styl",
        "<img src=http://a.b/>",
        "<a b='c' =/"
      })
  void timeGrowsWithTheLengthWhateverIsRepeated(String piece) {
    String html = piece.repeat(HUGE / piece.length());
    HtmlText.Shown shown = HtmlText.read(html, 100);
    Cost cost = Cost.of(() -> HtmlText.read(html, 100));
    System.out.println(
        "HTML of "
            + html.length()
            + " characters, "
            + piece
            + ": "
            + cost.within(Duration.ofSeconds(2), 256 << 20));
    assertThat(shown.urls()).hasSizeLessThanOrEqualTo(100);
    assertThat(shown.text()).hasSizeLessThanOrEqualTo(html.length());
  }

  private static int deceptive(String html) {
    return HtmlText.read(html, 10).shape().deceptive();
  }
}
