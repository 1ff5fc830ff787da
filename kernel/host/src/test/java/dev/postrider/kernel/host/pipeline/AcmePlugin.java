package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.contracts.PluginWorkshop;
import java.util.HashMap;
import java.util.Map;

/**
 * A plugin of somebody else: mailets named after what they declare, and a mailet and a matcher that
 * declare nothing.
 */
final class AcmePlugin {

  private static final Map<String, String> MAILETS =
      Map.of(
          "Sign", "@Does(Action.SIGN)",
          "Footer", "@Does(Action.EDIT_BODY)",
          "Tidy", "@Does(Action.EDIT_HEADERS)",
          "Forge", "@Does(Action.CHANGE_SENDER)",
          "Copy", "@Does(Action.EMIT)",
          "Answer", "@Does(Action.REPLY)",
          "Judge", "@Does(Action.SET_ANY_ATTRIBUTE)",
          "Mystery", "");

  private AcmePlugin() {}

  static void pack(PluginWorkshop workshop) {
    Map<String, String> sources = new HashMap<>();
    MAILETS.forEach(
        (name, does) ->
            sources.put(
                "acme." + name,
                """
                package acme;
                import dev.postrider.plugin.*;
                %s public class %s implements Mailet {
                  public Outcome process(Mail mail) { return Outcome.next(mail); }
                }
                """
                    .formatted(does, name)));
    sources.put(
        "acme.Oracle",
        """
        package acme;
        import dev.postrider.plugin.*;
        import java.util.Set;
        public class Oracle implements Matcher {
          public Set<Recipient> match(Mail mail) { return mail.none(); }
        }
        """);
    sources.put(
        "acme.AcmePlugin",
        """
        package acme;
        import dev.postrider.plugin.*;
        import java.util.List;
        public class AcmePlugin implements Plugin {
          public List<Class<? extends Mailet>> mailets() { return List.of(%s.class); }
          public List<Class<? extends Matcher>> matchers() { return List.of(Oracle.class); }
        }
        """
            .formatted(String.join(".class, ", MAILETS.keySet())));
    workshop.build("acme", "1.0", "acme.AcmePlugin", sources);
  }
}
