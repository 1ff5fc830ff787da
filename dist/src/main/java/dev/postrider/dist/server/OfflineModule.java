package dev.postrider.dist.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.dist.plugin.Lending;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Reloader;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.pipeline.LivePipeline;

/** What a command on the store has where a server has its doors. */
final class OfflineModule extends AbstractModule {

  private final ServerConfig config;

  OfflineModule(ServerConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(Reloader.class).toInstance(OfflineModule::nothingToReload);
  }

  // Only a trace takes it, and that shows also what a pipeline would do that is refused.
  @Provides
  @Singleton
  LivePipeline pipeline(Lending lending) {
    return new LivePipeline(Pipelines.read(config, config.pipeline().file(), lending));
  }

  private static AdminAnswer nothingToReload() {
    return AdminAnswer.conflict("no server runs, so there is nothing to reload");
  }
}
