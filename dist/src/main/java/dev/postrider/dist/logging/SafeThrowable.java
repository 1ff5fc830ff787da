package dev.postrider.dist.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;

/** The stack trace of a log line: indented, so that a message in it can't look like a line. */
public final class SafeThrowable extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy fault) {
    return super.throwableProxyToString(fault)
        .lines()
        .map(line -> "    " + SafeMessage.escaped(line) + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
