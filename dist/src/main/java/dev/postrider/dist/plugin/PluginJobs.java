package dev.postrider.dist.plugin;

import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Jobs;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginPart;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Job;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Jobs of the plugins that lie in the folders now. They are loaded for each run and let go after
 * it: a job shares with the pipeline what its plugin keeps in its state, nothing else.
 */
public final class PluginJobs implements Jobs {

  private final ServerConfig config;
  private final Lending lending;

  public PluginJobs(ServerConfig config, Lending lending) {
    this.config = config;
    this.lending = lending;
  }

  @Override
  public AdminAnswer run(String name, List<String> arguments, Content input) {
    Problems problems = new Problems();
    try (PluginCatalog catalog = PluginLoader.loadEach(Plugins.all(config), problems)) {
      Optional<PluginPart<Job>> job = catalog.job(name);
      if (job.isEmpty()) {
        return AdminAnswer.unknown(
            problems.isEmpty()
                ? "no plugin offers a job '%s'".formatted(name)
                : String.join("\n", problems.sorted().stream().map(Object::toString).toList()));
      }
      return new AdminAnswer.Done(job.get().make(lending.under(config)).run(arguments, input));
    } catch (IllegalArgumentException e) {
      return AdminAnswer.invalid(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return AdminAnswer.invalid("the input of the job can't be read: " + Reasons.of(e));
    } catch (Refusal refusal) {
      return AdminAnswer.invalid(String.join("\n", refusal.lines()));
    }
  }
}
