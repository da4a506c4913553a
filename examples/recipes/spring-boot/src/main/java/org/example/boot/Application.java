package org.example.boot;

import java.time.Duration;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs a program on an event loop until it is ended by a signal. */
@SpringBootApplication
class Application implements CommandLineRunner, DisposableBean {

  static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Override
  public void run(String... args) {
    try {
      Asyncio.run(Application::serve);
    } catch (CancelledError ended) {
      IO.println("ended: " + ended.getMessage());
    }
  }

  private static void serve() {
    IO.println("running " + Asyncio.runningLoop());
    try {
      Asyncio.sleep(Duration.ofHours(1));
    } finally {
      Asyncio.sleep(Duration.ofMillis(1));
      IO.println("cleaned up");
    }
  }

  @Override
  public void destroy() {
    IO.println("context closed");
  }
}
