package dev.postrider.mailet.spam.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads HTML as a client shows it: one pass from left to right, no tree, nothing runs and nothing
 * is fetched. What is hidden, left out or written to deceive is counted.
 */
final class HtmlText {

  private static final int DEPTH = 256;
  private static final int LOOK_BACK = 32;
  private static final int ANCHOR = 200;
  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
          "track", "wbr");
  private static final Set<String> UNSHOWN = Set.of("script", "style", "title", "template");
  private static final Set<String> BESIDE =
      Set.of(
          "a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sub", "sup", "wbr");
  private static final Set<String> ACTIVE =
      Set.of("script", "form", "iframe", "object", "embed", "applet", "input");

  private record Element(String name, boolean hidden) {}

  private final String html;
  private final int mostUrls;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder anchor = new StringBuilder();
  private final List<Url> urls = new ArrayList<>();
  private final List<Element> open = new ArrayList<>();
  private String target = "";
  private boolean inAnchor;
  private int tooDeep;
  private int hidden;
  private int comments;
  private int tags;
  private int images;
  private int links;
  private int deceptive;
  private int active;
  private boolean broken;

  private HtmlText(String html, int mostUrls) {
    this.html = html;
    this.mostUrls = mostUrls;
  }

  /**
   * What is shown of it.
   *
   * @param text what is visible, as written
   * @param urls targets of links and sources of pictures
   * @param shape figures
   */
  record Shown(String text, List<Url> urls, HtmlShape shape) {}

  static Shown read(String html, int mostUrls) {
    HtmlText reader = new HtmlText(html, mostUrls);
    reader.run();
    return new Shown(reader.text.toString(), List.copyOf(reader.urls), reader.shape());
  }

  private HtmlShape shape() {
    int visible = 0;
    for (int i = 0; i < text.length(); i++) {
      visible += text.charAt(i) > ' ' ? 1 : 0;
    }
    return new HtmlShape(visible, hidden, comments, tags, images, links, deceptive, active, broken);
  }

  private void run() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<' && at + 1 < html.length()) {
        at = markup(at);
      } else if (c == '&') {
        at = reference(at);
      } else {
        show(c);
        at++;
      }
    }
    broken |= tooDeep > 0;
  }

  private int reference(int at) {
    StringBuilder replacement = new StringBuilder(2);
    int end = Entities.read(html, at, replacement);
    if (end == at) {
      show('&');
      return at + 1;
    }
    for (int i = 0; i < replacement.length(); i++) {
      show(replacement.charAt(i));
    }
    return end;
  }

  private int markup(int at) {
    char next = html.charAt(at + 1);
    if (next == '!' || next == '?') {
      return html.startsWith("<!--", at) ? comment(at) : after('>', at + 2);
    }
    boolean closing = next == '/' && at + 2 < html.length();
    char first = closing ? html.charAt(at + 2) : next;
    boolean letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    if (!letter) {
      if (closing) {
        return after('>', at + 2);
      }
      show('<');
      return at + 1;
    }
    Tag tag = Tag.read(html, at + 1);
    tags++;
    broken |= !tag.ended();
    return tag.closing() ? closed(tag) : opened(tag);
  }

  private int comment(int at) {
    int end = html.indexOf("-->", at + 2);
    broken |= end < 0;
    int stop = end < 0 ? html.length() : end + 3;
    comments += stop - at;
    return stop;
  }

  private int after(char mark, int from) {
    int end = html.indexOf(mark, from);
    broken |= end < 0;
    return end < 0 ? html.length() : end + 1;
  }

  private int opened(Tag tag) {
    boundary(tag);
    active += ACTIVE.contains(tag.name()) ? 1 : 0;
    if (tag.name().equals("img")) {
      images++;
      link(tag.attribute("src"));
    } else if (tag.name().equals("a") && tag.attributes().containsKey("href")) {
      links++;
      endAnchor();
      target = tag.attribute("href");
      inAnchor = true;
      link(target);
    } else if (tag.name().equals("form")) {
      link(tag.attribute("action"));
    }
    if (UNSHOWN.contains(tag.name())) {
      return unshown(tag);
    }
    if (!VOID.contains(tag.name())) {
      if (open.size() < DEPTH) {
        open.add(new Element(tag.name(), tag.hides() || isHidden()));
      } else {
        tooDeep++;
        broken = true;
      }
    }
    return tag.end();
  }

  private int closed(Tag tag) {
    boundary(tag);
    if (tag.name().equals("a")) {
      endAnchor();
    }
    if (tooDeep > 0) {
      tooDeep--;
      return tag.end();
    }
    int lowest = Math.max(0, open.size() - LOOK_BACK);
    for (int i = open.size() - 1; i >= lowest; i--) {
      if (open.get(i).name().equals(tag.name())) {
        open.subList(i, open.size()).clear();
        break;
      }
    }
    return tag.end();
  }

  // The content of these elements is no markup; it ends at their closing tag.
  private int unshown(Tag tag) {
    int at = html.indexOf("</", tag.end());
    while (at >= 0 && !html.regionMatches(true, at + 2, tag.name(), 0, tag.name().length())) {
      at = html.indexOf("</", at + 2);
    }
    broken |= at < 0;
    return at < 0 ? html.length() : after('>', at + 2);
  }

  private boolean isHidden() {
    return !open.isEmpty() && open.getLast().hidden();
  }

  private void boundary(Tag tag) {
    if (!BESIDE.contains(tag.name())) {
      text.append(tag.name().equals("td") || tag.name().equals("th") ? ' ' : '\n');
    }
  }

  private void show(char c) {
    if (isHidden()) {
      hidden += c > ' ' ? 1 : 0;
      return;
    }
    boolean space = c <= ' ';
    boolean afterSpace = text.isEmpty() || text.charAt(text.length() - 1) <= ' ';
    if (!space || !afterSpace) {
      text.append(space ? ' ' : c);
    }
    if (inAnchor && anchor.length() < ANCHOR) {
      anchor.append(c);
    }
  }

  private void link(String raw) {
    if (urls.size() < mostUrls && !raw.isEmpty()) {
      Url.parse(decoded(raw)).ifPresent(urls::add);
    }
  }

  private void endAnchor() {
    if (inAnchor) {
      String shown = anchor.toString().strip();
      if (!shown.contains(" ")) {
        Url.parse(decoded(target))
            .flatMap(real -> Url.parse(shown).filter(said -> !said.domain().equals(real.domain())))
            .ifPresent(_ -> deceptive++);
      }
    }
    anchor.setLength(0);
    inAnchor = false;
  }

  private static String decoded(String value) {
    if (value.indexOf('&') < 0) {
      return value;
    }
    StringBuilder out = new StringBuilder(value.length());
    int at = 0;
    while (at < value.length()) {
      int end = value.charAt(at) == '&' ? Entities.read(value, at, out) : at;
      if (end == at) {
        out.append(value.charAt(at++));
      } else {
        at = end;
      }
    }
    return out.toString();
  }
}
