package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postrider.plugin.Message;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Mails with signatures that are written as hardly anybody writes them, most of them good; the same
 * ones for the same seed and keys.
 */
final class OddSignatures {

  /**
   * A mail.
   *
   * @param signature the field on top
   * @param rest all that follows
   * @param key where its key is
   * @param record its key record
   */
  record Odd(String signature, String rest, String key, String record) {

    /** As sent. */
    String octets() {
      return signature + "\r\n" + rest;
    }
  }

  private static final String PLACE = "\u0001";
  private static final List<String> SPACES =
      List.of(" ", "  ", "\t", "\r\n ", "\r\n\t", " \r\n  ", "\t\r\n \t");
  private static final List<String> BODIES =
      List.of(
          "",
          "\r\n",
          "\r\n\r\n\r\n",
          " ",
          " \r\n",
          " \r\n \t\r\n",
          "\r\n \r\n",
          "a",
          "a\r\n",
          "a \r\n",
          "a\r\n ",
          "a\r\n \r\n\t\r\n",
          " a\tb  c \r\n\r\n",
          "a\r",
          "a\r\r\n",
          "a \r b\r\n",
          "\ra\r\n",
          "a\r\n\r\n\r\nb\r\n\r\n",
          "é ü\u0080\r\n",
          "a\u000b \u000c\r\n",
          ".\r\n..\r\n",
          "a".repeat(3000) + "  \r\n");
  private static final List<String> FIELDS =
      List.of(
          "Subject: hi\r\n",
          "Subject:hi\r\n",
          "Subject : hi \r\n",
          "SUBJECT:\t hi\r\n\tthere \r\n",
          "Subject:\r\n",
          "Subject: \r\n",
          "Subject:\r\n hi\r\n",
          "Subject: a\r\n \r\n b\r\n",
          "Subject: a:b: c\r\n",
          "To: b@example.test\r\nTo: c@example.test\r\n",
          "Cc: x\r\nCC: y\r\ncc:z\r\n",
          "X-Odd_1.2: é\u0080 ü\r\n",
          "X-Odd_1.2:" + " long".repeat(300) + "\r\n",
          "DKIM-Signature: v=1; a=rsa-sha256; d=other.example; s=o; h=from; bh=AAAA; b=AAAA\r\n",
          "Received: by a;\r\n\tdate\r\nReceived: by b\r\n");
  private static final List<String> IDENTITIES =
      List.of(
          "@example.org",
          "alice@example.org",
          "@sub.example.org",
          "a=3Bb=20@Sub.Example.ORG",
          "=40example.org",
          "a@example.com",
          "example.org",
          "a=\r\n =@example.org");
  private static final List<String> NAMES =
      List.of("subject", "Subject", "to", "to", "cc", "CC", "cc", "x-odd_1.2", "received", "none");

  private final Random random;
  private final TestKeys rsa;
  private final TestKeys ed25519;
  private final long now;

  OddSignatures(long seed, TestKeys rsa, TestKeys ed25519, long now) {
    this.random = new Random(seed);
    this.rsa = rsa;
    this.ed25519 = ed25519;
    this.now = now;
  }

  /** The next mail, with a key under a selector that is like this. */
  Odd next(String name) throws IOException, GeneralSecurityException {
    TestKeys key = one(8) ? ed25519 : rsa;
    String selector = name + (one(8) ? ".sub" : "");
    String mail = header() + (one(8) ? "" : "\r\n" + pick(BODIES));
    String signature = signature(key, selector, Message.of(mail.getBytes(ISO_8859_1)));
    String sent = one(10) ? mail.replaceFirst("alice", "Alice") : mail;
    return new Odd(signature, sent, selector + "._domainkey." + TestKeys.DOMAIN, record(key));
  }

  private String header() {
    List<String> fields = new ArrayList<>();
    fields.add(pick(List.of("From: alice@example.org\r\n", "from:  <alice@example.org>\r\n")));
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(pick(FIELDS));
    }
    Collections.shuffle(fields, random);
    return String.join("", fields);
  }

  private String signature(TestKeys key, String selector, Message message)
      throws IOException, GeneralSecurityException {
    SignatureAlgorithm algorithm = key.signing().algorithm();
    Canonicalization header = form();
    Canonicalization body = form();
    List<String> names = names();
    OptionalLong length = one(6) ? length(message, body, algorithm) : OptionalLong.empty();
    BodyHashes.Demand demand = new BodyHashes.Demand(body, algorithm, length);
    byte[] hash = BodyHashes.of(message, List.of(demand)).get(demand).orElseThrow();
    List<String> tags = more();
    tags.add(tag("v", one(40) ? "2" : "1"));
    tags.add(tag("a", algorithm.tag()));
    forms(header, body).ifPresent(forms -> tags.add(tag("c", forms)));
    tags.add(tag("d", one(5) ? "EXAMPLE.org" : "example.org"));
    tags.add(tag("s", one(5) ? selector.toUpperCase(Locale.ROOT) : selector));
    tags.add(tag("h", spaced(names)));
    tags.add(tag("bh", split(hash)));
    length.ifPresent(octets -> tags.add(tag("l", (one(5) ? "000" : "") + octets)));
    tags.add(PLACE);
    Collections.shuffle(tags, random);
    String end = pick(List.of("", "", ";", "; ", ";\r\n "));
    String text = start() + String.join(one(3) ? ";" : "; ", tags) + end;
    String name = space() + "b" + space() + "=";
    byte[] octets =
        new SignedFields(message.headers()).octets(names, header, text.replace(PLACE, name));
    String value = space() + split(algorithm.sign(key.signing().key(), octets));
    return text.replace(PLACE, name + value + (end.isEmpty() ? "" : space()));
  }

  private String start() {
    return one(8)
        ? pick(List.of("DKIM-Signature:", "dkim-signature :", "Dkim-SIGNATURE:\r\n "))
        : "DKIM-Signature: ";
  }

  private OptionalLong length(Message message, Canonicalization form, SignatureAlgorithm algorithm)
      throws IOException {
    BodyHashes.Demand all = new BodyHashes.Demand(form, algorithm, OptionalLong.empty());
    long size = BodyHashes.of(message, List.of(all)).size(all);
    return OptionalLong.of(one(2) ? size : Math.min(size, random.nextInt(4)));
  }

  private Optional<String> forms(Canonicalization header, Canonicalization body) {
    boolean both = body == Canonicalization.RELAXED || one(2);
    return both
        ? Optional.of(header.word() + "/" + body.word())
        : Optional.of(header.word()).filter(_ -> header == Canonicalization.RELAXED || one(2));
  }

  /** Tags that may be there. */
  private List<String> more() {
    List<String> tags = new ArrayList<>();
    if (one(6)) {
      tags.add(tag("i", pick(IDENTITIES)));
    }
    if (one(3)) {
      tags.add(tag("t", Long.toString(now - 100)));
    }
    if (one(4)) {
      tags.add(tag("x", Long.toString(one(3) ? now - 90_000 : now + 90_000)));
    }
    if (one(4)) {
      tags.add(tag("q", pick(List.of("dns/txt", "dns", "dns/txt : other", "other:dns/txt"))));
    }
    if (one(4)) {
      tags.add(tag("z", "From:alice|Subject:=20hi=3B"));
    }
    if (one(4)) {
      tags.add(tag("new_1", pick(List.of("", "a b  c", "1=2=3", "~!@#$%^&*()"))));
    }
    if (one(20)) {
      tags.add(tag("q", "dns/txt"));
    }
    return tags;
  }

  private String record(TestKeys key) {
    List<String> tags = new ArrayList<>();
    boolean version = one(2);
    if (key.signing().algorithm() == SignatureAlgorithm.ED25519_SHA256 || one(2)) {
      tags.add("k=" + key.signing().algorithm().keyType());
    }
    tags.add("p=" + (one(12) ? key.p().replaceAll("(.{20})", "$1 ") : key.p()));
    if (one(12)) {
      tags.add(pick(List.of("h=sha256", "h= sha1 : sha256", "h=sha1", "h=sha256:new")));
    }
    if (one(12)) {
      tags.add(pick(List.of("s=*", "s=email", "s=other:email", "s=tlsrpt", "s=* : email")));
    }
    if (one(12)) {
      tags.add(pick(List.of("t=s", "t=y", "t=y:s", "t=new", "t=s : y")));
    }
    if (one(12)) {
      tags.add(pick(List.of("n=a note", "n=", "g=*", "g=", "new=1", "x_y=a=b")));
    }
    Collections.shuffle(tags, random);
    if (version) {
      tags.addFirst(one(6) ? "v = DKIM1" : "v=DKIM1");
    }
    String text = String.join(pick(List.of(";", "; ", " ; ", ";\t")), tags);
    return text + pick(List.of("", "", ";", "; ", " ;"));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(pick(List.of("from", "From", "FROM")));
    for (int i = random.nextInt(6); i > 0; i--) {
      names.add(pick(NAMES));
    }
    if (one(3)) {
      names.add("from");
    }
    if (one(15)) {
      names.add("dkim-signature");
    }
    Collections.shuffle(names, random);
    return names;
  }

  private String spaced(List<String> names) {
    StringBuilder out = new StringBuilder(names.getFirst());
    names
        .subList(1, names.size())
        .forEach(name -> out.append(space()).append(':').append(space()).append(name));
    return out.toString();
  }

  private String split(byte[] octets) {
    String base64 = Base64.getEncoder().encodeToString(octets);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < base64.length(); i += 30) {
      out.append(i == 0 ? "" : space()).append(base64, i, Math.min(base64.length(), i + 30));
    }
    return out.toString();
  }

  private String tag(String name, String value) {
    return space() + name + space() + "=" + space() + value + space();
  }

  private Canonicalization form() {
    return one(2) ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
  }

  private String space() {
    return one(12) ? pick(SPACES) : "";
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
