package dev.postrider.kernel.resolver;

import dev.postrider.kernel.resolver.Answer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks resolvers and reads what they say; never blocks, never fails but with an answer. */
final class Asking {

  private static final int LONGEST_CHAIN = 10;

  private final Resolver resolver;
  private final Executor executor;

  Asking(Resolver resolver, Executor executor) {
    this.resolver = resolver;
    this.executor = executor;
  }

  CompletableFuture<Answer> ask(Question question) {
    return follow(question, question, new Chain(true, Long.MAX_VALUE, LONGEST_CHAIN))
        .exceptionally(e -> Answer.failed("no answer for the " + question + ": " + reason(e)));
  }

  /**
   * CNAMEs passed so far.
   *
   * @param authenticated whether all messages had the AD bit
   * @param ttl the smallest so far
   * @param left how many CNAMEs may follow
   */
  private record Chain(boolean authenticated, long ttl, int left) {}

  private CompletableFuture<Answer> follow(Question asked, Question now, Chain chain) {
    Message query = Message.newQuery(Record.newRecord(now.name(), now.type(), DClass.IN));
    // Asks a validating resolver to say whether it validated (RFC 6840 §5.7).
    query.getHeader().setFlag(Flags.AD);
    return sent(query).thenCompose(reply -> read(asked, now, chain, reply));
  }

  private CompletableFuture<Message> sent(Message query) {
    try {
      return resolver.sendAsync(query, executor).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Answer> read(
      Question asked, Question now, Chain before, Message reply) {
    int rcode = reply.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return done(Answer.failed("the resolver says " + Rcode.string(rcode) + " to the " + asked));
    }
    List<Record> answers = reply.getSection(Section.ANSWER);
    Name name = now.name();
    boolean secure = before.authenticated && reply.getHeader().getFlag(Flags.AD);
    long ttl = before.ttl;
    int left = before.left;
    CNAMERecord alias = alias(answers, name);
    while (alias != null && now.type() != Type.CNAME) {
      if (--left < 0) {
        return done(Answer.failed("too many aliases for the " + asked));
      }
      ttl = Math.min(ttl, alias.getTTL());
      name = alias.getTarget();
      alias = alias(answers, name);
    }
    List<Record> found = records(answers, name, now.type());
    if (!found.isEmpty()) {
      long least = found.stream().mapToLong(Record::getTTL).min().orElse(0);
      return done(Answer.found(found, secure, Math.min(ttl, least)));
    }
    if (rcode == Rcode.NOERROR && !name.equals(now.name()) && !hasSoa(reply)) {
      return follow(asked, new Question(name, now.type()), new Chain(secure, ttl, left));
    }
    Kind kind = rcode == Rcode.NXDOMAIN ? Kind.NO_NAME : Kind.NO_DATA;
    return done(Answer.negative(kind, secure, Math.min(ttl, negativeTtl(reply))));
  }

  private static CompletableFuture<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static List<Record> records(List<Record> answers, Name name, int type) {
    List<Record> out = new ArrayList<>();
    for (Record each : answers) {
      if (each.getType() == type && each.getName().equals(name)) {
        out.add(each);
      }
    }
    return List.copyOf(out);
  }

  private static @Nullable CNAMERecord alias(List<Record> answers, Name name) {
    for (Record each : answers) {
      if (each instanceof CNAMERecord alias && alias.getName().equals(name)) {
        return alias;
      }
    }
    return null;
  }

  private static boolean hasSoa(Message reply) {
    return reply.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
  }

  /** RFC 2308 §5; a negative answer without SOA is not to be kept. */
  private static long negativeTtl(Message reply) {
    for (Record each : reply.getSection(Section.AUTHORITY)) {
      if (each instanceof SOARecord soa) {
        return Math.min(soa.getTTL(), soa.getMinimum());
      }
    }
    return 0;
  }

  private static String reason(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
