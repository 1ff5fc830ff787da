package dev.postrider.mailet.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {

  @Test
  void valuesLoseTheSpaceAroundThem() {
    TagList tags = TagList.parse(" v = 1 ;\r\n\ta=rsa ; b= x \r\n y = ;").orElseThrow();
    assertThat(tags.get("v")).contains("1");
    assertThat(tags.get("a")).contains("rsa");
    assertThat(tags.compact("b")).contains("xy=");
    assertThat(tags.get("V")).isEmpty();
    assertThat(tags.firstName()).contains("v");
  }

  @Test
  void aTagIsCutOutWithTheSpaceAroundItsValue() {
    assertThat(TagList.parse("a=1; b= x\r\n y ; c=2").orElseThrow().without("b"))
        .isEqualTo("a=1; b=; c=2");
    assertThat(TagList.parse("a=1; b=x \r\n").orElseThrow().without("b")).isEqualTo("a=1; b=");
    assertThat(TagList.parse("a=1").orElseThrow().without("b")).isEqualTo("a=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a=1;;b=2", ";a=1", "a=1;a=2", "1a=1", "=1", "a-b=1", "a=\0", "a=1; b", " "})
  void whatIsNoListIsSaid(String text) {
    assertThat(TagList.parse(text)).isEmpty();
  }

  @Test
  void aListHasAtMost64Tags() {
    assertThat(TagList.parse(many(64))).isPresent();
    assertThat(TagList.parse(many(65))).isEmpty();
  }

  private static String many(int tags) {
    return IntStream.range(0, tags).mapToObj(i -> "t" + i + "=1").collect(Collectors.joining(";"));
  }
}
