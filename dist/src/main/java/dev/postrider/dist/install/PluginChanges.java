package dev.postrider.dist.install;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.dist.storage.Stores;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts plugins into a home and takes them out, while its server runs or not. Each change is proved
 * with the other plugins and the pipeline before anybody sees it; where the server then refuses it,
 * it is taken back.
 */
public final class PluginChanges {

  private final Home home;
  private final ServerConfig config;
  private final PluginFolder folder;

  private PluginChanges(Home home, ServerConfig config, PluginFolder folder) {
    this.home = home;
    this.config = config;
    this.folder = folder;
  }

  private interface Step {
    void take() throws IOException;
  }

  private interface Change {
    List<String> make(PluginChanges changes) throws IOException;
  }

  /**
   * Adds a plugin, or puts it in the place of the one of its name.
   *
   * @param name empty for that of the file
   * @return what was done, in words
   * @throws Refusal with all that is wrong; nothing was changed then
   */
  public static List<String> install(Home home, Path from, String name) {
    PluginArchive archive = new PluginArchive(from);
    String plugin = archive.name(name);
    return change(home, changes -> changes.install(archive, plugin));
  }

  /**
   * Removes a plugin.
   *
   * @return what was done, in words
   * @throws Refusal with all that is wrong, such as entries of the pipeline that name a class of
   *     it; nothing was changed then
   */
  public static List<String> remove(Home home, String name) {
    return change(home, changes -> changes.remove(PluginArchive.checked(name)));
  }

  private static List<String> change(Home home, Change change) {
    ServerConfig config = Configurations.read(home);
    try (PluginFolder folder = PluginFolder.open(config.pipeline().plugins())) {
      return change.make(new PluginChanges(home, config, folder));
    } catch (IOException e) {
      throw new Refusal("the plugins of %s can't be changed: %s".formatted(home, Reasons.of(e)));
    }
  }

  private List<String> install(PluginArchive archive, String name) throws IOException {
    refuseOurs(name);
    Path staged = folder.stage(name);
    archive.unpack(staged);
    PluginDirectory fresh = PluginDirectory.of(config.pipeline().plugins(), staged);
    List<PluginDirectory> after = Stream.concat(others(name), Stream.of(fresh)).toList();
    prove(after, "the plugin '" + name + "' is refused, nothing was changed:");
    boolean replaces = folder.has(name);
    List<String> done = new ArrayList<>();
    done.add(
        (replaces ? "replaced the plugin " : "installed the plugin ") + name + ", which offers:");
    offers(after, name).forEach(done::add);
    folder.put(name);
    done.add(tellServer(() -> folder.takeBack(name)));
    return done;
  }

  private List<String> remove(String name) throws IOException {
    refuseOurs(name);
    if (!folder.has(name)) {
      List<String> there = Plugins.own(config).stream().map(PluginDirectory::name).toList();
      throw new Refusal(
          "there is no plugin '%s' in %s; %s"
              .formatted(
                  name,
                  config.pipeline().plugins(),
                  there.isEmpty() ? "it is empty" : "there are: " + String.join(", ", there)));
    }
    prove(
        others(name).toList(),
        "the plugin '" + name + "' can't be removed, the pipeline does not work without it:");
    folder.remove(name);
    return List.of("removed the plugin " + name, tellServer(() -> folder.putBack(name)));
  }

  private static void refuseOurs(String name) {
    if (Plugins.shipped().stream().anyMatch(plugin -> plugin.name().equals(name))) {
      throw new Refusal(
          "the plugin '"
              + name
              + "' belongs to the distribution; only plugins of the home can be changed");
    }
  }

  private Stream<PluginDirectory> others(String name) {
    return Plugins.own(config).stream().filter(plugin -> !plugin.name().equals(name));
  }

  private void prove(List<PluginDirectory> own, String lead) throws IOException {
    List<PluginDirectory> all = Stream.concat(Plugins.shipped().stream(), own.stream()).toList();
    try {
      Pipelines.check(config, all);
    } catch (Refusal refusal) {
      throw refused(lead, refusal.lines());
    }
  }

  private static List<String> offers(List<PluginDirectory> own, String name) {
    return Plugins.list(Plugins.shipped(), own).stream()
        .filter(entry -> entry.plugin().equals(name))
        .map(entry -> "  %s %s, version %s".formatted(entry.kind(), entry.name(), entry.version()))
        .toList();
  }

  private String tellServer(Step undo) throws IOException {
    try {
      Optional<Access> server = Access.toServer(home);
      if (server.isEmpty()) {
        return Stores.isInUse(config) ? Access.whyNoServer(home) : "no server runs";
      }
      try (Access access = server.get()) {
        return switch (access.administration().reload()) {
          case AdminAnswer.Done(String text) -> "the server: " + text;
          case AdminAnswer.Refused refused -> throw new Refusal(refused.text());
        };
      }
    } catch (Refusal refusal) {
      undo.take();
      throw refused("the server does not take it, the plugins are as before:", refusal.lines());
    }
  }

  private static Refusal refused(String lead, List<String> reasons) {
    return new Refusal(Stream.concat(Stream.of(lead), reasons.stream()).toList());
  }
}
