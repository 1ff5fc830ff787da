package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.plugin.DeclaredParameter;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import java.util.Map;

/**
 * Parameters that Apache James gives to mailets of the same name and that are settings of the
 * server here. They are reported and have no effect.
 */
final class JamesParameters {

  private static final String OUTBOUND = "set it in <outbound> of conf/postrider.xml";
  private static final String REPORTS = "reports are written by the server (RFC 3464)";

  private static final Map<String, Map<String, String>> IGNORED =
      Map.of(
          "RemoteDelivery",
          Map.ofEntries(
              Map.entry("outgoing", "there is one queue"),
              Map.entry("outgoingQueue", "there is one queue"),
              Map.entry("delayTime", OUTBOUND),
              Map.entry("maxRetries", OUTBOUND),
              Map.entry("maxDnsProblemRetries", OUTBOUND),
              Map.entry("deliveryThreads", OUTBOUND),
              Map.entry("timeout", OUTBOUND),
              Map.entry("connectiontimeout", OUTBOUND),
              Map.entry("bind", OUTBOUND),
              Map.entry("heloName", "it is <hostname> of conf/postrider.xml"),
              Map.entry("sendpartial", "each recipient has its own fate"),
              Map.entry("startTLS", "TLS is used wherever it is offered"),
              Map.entry("sslEnable", "TLS is used wherever it is offered"),
              Map.entry("bounceProcessor", "failures are reported to the sender"),
              Map.entry("usePriority", "the queue is worked off in order"),
              Map.entry("debug", "use <logging> of conf/postrider.xml")),
          "LocalDelivery",
          Map.of(
              "consume", "delivery ends the mail's way",
              "addDeliveryHeader", "Delivered-To is always added"),
          "Bounce",
          Map.of(
              "prefix", REPORTS,
              "attachment", REPORTS,
              "inline", REPORTS,
              "passThrough", "a bounce ends the mail's way"));

  private JamesParameters() {}

  /** Whether the parameter is such a one; then a notice says why. */
  static boolean ignored(PluginType type, XmlNode parameter, Problems notices) {
    String reason = IGNORED.getOrDefault(type.name(), Map.of()).get(parameter.name());
    boolean declared =
        type.parameters().stream()
            .map(DeclaredParameter::name)
            .anyMatch(name -> name.equals(parameter.name()));
    if (reason == null || declared) {
      return false;
    }
    notices.add(
        parameter.place(),
        "the parameter <" + parameter.name() + "> of '" + type.name() + "' is ignored",
        reason);
    return true;
  }
}
