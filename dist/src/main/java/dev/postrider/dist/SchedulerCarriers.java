package dev.postrider.dist;

import dev.postrider.kernel.port.Carriers;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carriers of the JVM's own scheduler, whose bean is loaded when the first one is needed. */
final class SchedulerCarriers implements Carriers {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerCarriers.class);
  private static final int MOST = 256;

  private int asked;

  @Override
  public synchronized void oneMore() {
    if (++asked <= MOST) {
      change(1);
    } else if (asked == MOST + 1) {
      LOG.error("{} calls of plugins compute without end; restart, and mend the plugin", MOST);
    }
  }

  @Override
  public synchronized void oneLess() {
    if (asked-- <= MOST) {
      change(-1);
    }
  }

  private static void change(int by) {
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    scheduler.setParallelism(scheduler.getParallelism() + by);
  }
}
