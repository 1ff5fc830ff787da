package dev.postrider.plugin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Mails that a seeded generator writes in six languages. Wanted and unwanted ones share their
 * common words, some of their topics' words and a long tail of names; spam is written to deceive in
 * part of the cases: with invisible and look-alike letters, hidden text out of wanted mails,
 * pictures and masked links. The same seed writes the same mails. Thread: one.
 *
 * @since 1.1
 */
public final class Corpus {

  private record Topic(String language, boolean spam, List<String> words) {}

  private static final String[] SYLLABLES =
      "ka lo mi ren tas vor el dun sha bri no qui pel gar zu hem ost ly fen tor".split(" ");

  private final Random random;
  private final List<Topic> topics = new ArrayList<>();
  private final Map<String, List<String>> common = new HashMap<>();

  /** Begins with this seed. */
  public Corpus(long seed) {
    random = new Random(seed);
    try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream("corpus.txt"))) {
      new String(in.readAllBytes(), UTF_8).lines().forEach(this::line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    String language = words.removeFirst();
    String kind = words.removeFirst();
    if (language.equals("zh")) {
      words = List.of(words.getLast().split("(?<=\\G..)"));
    }
    if (kind.equals("common")) {
      common.put(language, words);
    } else {
      topics.add(new Topic(language, kind.equals("spam"), words));
    }
  }

  /** A wanted mail. */
  public Message ham() {
    Topic topic = topic(false);
    boolean html = chance(40);
    String body = text(topic, 40 + random.nextInt(200), 35, 8);
    String from = name() + " <" + name() + "@" + name() + ".example>";
    String extra = chance(20) ? "List-Id: <" + name() + ".lists.example>\r\n" : "";
    String link = "https://www." + name() + ".example/" + name();
    return html
        ? html(
            from,
            subject(topic),
            "<p>" + body + "</p><p><a href=\"" + link + "\">" + name() + "</a>",
            extra)
        : plain(from, subject(topic), chance(50) ? body : body + "\r\n" + link, extra);
  }

  /** An unwanted mail. */
  public Message spam() {
    Topic topic = topic(true);
    String body = text(topic, 20 + random.nextInt(120), 45, 25);
    String from = name() + " <" + name() + random.nextInt(1000) + "@" + name() + ".example>";
    String link =
        "http://"
            + name()
            + random.nextInt(100)
            + (chance(50) ? ".top.example/" : ".example/")
            + name();
    String subject = subject(topic);
    if (chance(25)) {
      body = disguised(body);
    }
    boolean html = chance(70);
    if (chance(20)) {
      // Words of wanted mails, to talk the classifier into taking it for one.
      String decoy = text(topic(false), html ? 80 : 20, 30, 0);
      body += html ? "<div style=\"display:none\">" + decoy + "</div>" : decoy;
    }
    String extra = chance(30) ? "X-Priority: 1\r\n" : "";
    return html
        ? html(
            from,
            subject,
            "<b>"
                + body
                + "</b><a href=\""
                + link
                + "\">"
                + word(topic)
                + "</a><img src="
                + link
                + ">",
            extra)
        : plain(from, subject, body + "\r\n" + link, extra);
  }

  /** Text of wanted or of unwanted mails, of at least so many characters. */
  public String text(boolean spam, int length) {
    StringBuilder out = new StringBuilder();
    while (out.length() < length) {
      out.append(text(topic(spam), 60, 35, 8)).append("\r\n");
    }
    return out.toString();
  }

  private Topic topic(boolean spam) {
    while (true) {
      Topic topic = topics.get(random.nextInt(topics.size()));
      if (topic.spam() == spam) {
        return topic;
      }
    }
  }

  private String subject(Topic topic) {
    return text(topic, 3 + random.nextInt(5), 60, 5);
  }

  // Of a hundred words so many of the topic, and so many out of any topic of this language.
  private String text(Topic topic, int words, int ofTopic, int ofAny) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words; i++) {
      int dice = random.nextInt(100);
      String word =
          dice < ofTopic
              ? word(topic)
              : dice < ofTopic + ofAny
                  ? anyTopic(topic.language())
                  : dice < 92 ? commonWord(topic) : name();
      out.append(word).append(topic.language().equals("zh") ? "" : i % 12 == 11 ? ".\r\n" : " ");
    }
    return out.toString();
  }

  private String anyTopic(String language) {
    List<Topic> same = topics.stream().filter(each -> each.language().equals(language)).toList();
    return word(same.get(random.nextInt(same.size())));
  }

  private String commonWord(Topic topic) {
    List<String> words = Objects.requireNonNull(common.get(topic.language()));
    return words.get(random.nextInt(words.size()));
  }

  private String word(Topic topic) {
    return topic.words().get(random.nextInt(topic.words().size()));
  }

  private String name() {
    StringBuilder out = new StringBuilder();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      out.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return out.toString();
  }

  private String disguised(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int dice = random.nextInt(10);
      out.append(c == 'a' && dice < 3 ? 'а' : c == 'o' && dice < 3 ? 'о' : c);
      if (dice == 9 && Character.isLetter(c)) {
        out.append('\u200b');
      }
    }
    return out.toString();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Message plain(String from, String subject, String body, String extra) {
    return message(from, subject, extra + "Content-Type: text/plain; charset=utf-8\r\n", body);
  }

  private Message html(String from, String subject, String body, String extra) {
    String page = "<html><body>" + body + "</body></html>";
    return chance(30)
        ? message(
            from,
            subject,
            extra
                + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
            Base64.getMimeEncoder().encodeToString(page.getBytes(UTF_8)))
        : message(from, subject, extra + "Content-Type: text/html; charset=utf-8\r\n", page);
  }

  private Message message(String from, String subject, String fields, String body) {
    String header =
        "From: "
            + from
            + "\r\nTo: "
            + EmailAddress.parse("bob@example.test")
            + "\r\n"
            + HeaderField.of("Subject", subject.replace("\r\n", "")).raw()
            + "Message-ID: <"
            + name()
            + random.nextInt(100_000)
            + "@"
            + name()
            + ".example>\r\n";
    return Message.of((header + fields + "\r\n" + body + "\r\n").getBytes(UTF_8));
  }
}
