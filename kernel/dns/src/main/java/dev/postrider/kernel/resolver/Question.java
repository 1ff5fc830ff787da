package dev.postrider.kernel.resolver;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A name and a record type; names compare without case. */
record Question(Name name, int type) {

  @Override
  public String toString() {
    return Type.string(type) + " of " + name.toString(true);
  }
}
