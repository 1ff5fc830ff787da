package dev.postrider.mailet.standard;

import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Lists the standard mailets and matchers. */
public final class StandardPlugin implements Plugin {

  /** Made by the host. */
  public StandardPlugin() {}

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(
        AddHeader.class,
        Bounce.class,
        Defer.class,
        Hold.class,
        LocalDelivery.class,
        Log.class,
        Null.class,
        Refuse.class,
        RemoteDelivery.class,
        RemoveHeader.class,
        RemoveMailAttribute.class,
        SetMailAttribute.class,
        SetRecipients.class,
        ToProcessor.class);
  }

  @Override
  public List<Class<? extends Matcher>> matchers() {
    return List.of(
        All.class,
        And.class,
        HasHeader.class,
        HasMailAttribute.class,
        HostIs.class,
        HostIsLocal.class,
        IsBounce.class,
        Not.class,
        Or.class,
        RecipientIs.class,
        RecipientIsLocal.class,
        RelayLimit.class,
        RemoteAddrInNetwork.class,
        RemoteAddrNotInNetwork.class,
        RemoteAddressInNetwork.class,
        SMTPAuthSuccessful.class,
        SenderHostIs.class,
        SenderIs.class,
        SenderIsAuthenticated.class,
        SenderIsNull.class,
        SizeGreaterThan.class,
        SubjectContains.class);
  }
}
