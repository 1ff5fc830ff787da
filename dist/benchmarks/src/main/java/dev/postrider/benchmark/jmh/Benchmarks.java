package dev.postrider.benchmark.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks: {@code Benchmarks FORKS RESULT.json DISTRIBUTION}. */
public final class Benchmarks {

  private Benchmarks() {}

  /** Microseconds for each operation, on average. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include("dev.postrider.benchmark.jmh")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(Integer.parseInt(arguments[0]))
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(2))
                .jvmArgs(
                    "-XX:+UseParallelGC",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-D" + Workshop.INSTALLED + "=" + arguments[2])
                .result(arguments[1])
                .resultFormat(ResultFormatType.JSON)
                .build())
        .run();
  }
}
