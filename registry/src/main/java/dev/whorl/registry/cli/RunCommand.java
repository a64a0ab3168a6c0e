package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.registry.service.RegistryService;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}. */
@Command(
    name = "run",
    description = "Runs the registry until it is told to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin ConfigOption config;

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    RegistryService service = RegistryService.start(config.settings(), Clock.systemUTC());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.close();
                  stop.countDown();
                },
                "stop"));
    stop.await();
    return ExitCode.DONE;
  }
}
