/** What a plugin author compiles against; needs the JDK, {@code jakarta.inject} and jspecify. */
module dev.postrider.plugin {
  requires transitive jakarta.inject;
  requires static transitive org.jspecify;

  exports dev.postrider.plugin;
  exports dev.postrider.plugin.service;

  uses dev.postrider.plugin.Plugin;
}
