package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the jars that maven-shade made, without any flag. */
@Timeout(240)
final class FatJarTest {

  private static final Path TARGET = Packed.RECIPES.resolve("fat-jar/target");
  private static final Path MERGED =
      TARGET.resolve("asyncio4j-recipe-fat-jar-0.1.0-SNAPSHOT-fat.jar");
  private static final Path NOT_MERGED =
      TARGET.resolve("asyncio4j-recipe-fat-jar-0.1.0-SNAPSHOT-without-services.jar");

  @Test
  void itHasAllLoopsAndTheCarrierEngineAndNoWarnings() throws Exception {
    try (Packed app = Packed.startJar(MERGED)) {
      assertThat(app.awaitEnd()).as(app.everything()).isZero();

      assertThat(app.printed())
          .containsExactlyInAnyOrder("found epoll", "found nio", Loops.bestIsRunning());
      assertThat(app.errors()).isEmpty();
    }
  }

  @Test
  void loopWhoseServicesFileWasLostIsReportedOnce() throws Exception {
    try (Packed app = Packed.startJar(NOT_MERGED)) {
      assertThat(app.awaitEnd()).as(app.everything()).isZero();

      assertThat(app.printed())
          .containsExactly("found nio", "running <EventLoop nio carrier running>");
      assertThat(app.errors())
          .containsOnlyOnce("org.asyncio4j.loop.epoll.EpollEventLoopProvider")
          .doesNotContain("NioEventLoopProvider")
          .contains("WARNING", "ServicesResourceTransformer", "mergeServiceFiles()");
    }
  }

  @Test
  void errorForALoopWhoseServicesFileWasLostSaysSo() throws Exception {
    try (Packed app = Packed.startJar(NOT_MERGED, "-Dasyncio4j.loop=epoll")) {
      assertThat(app.awaitEnd()).as(app.everything()).isNotZero();

      assertThat(app.errors().lines().filter(line -> line.contains("IllegalArgumentException")))
          .singleElement()
          .asString()
          .contains("epoll", "EpollEventLoopProvider is on the class path", "META-INF/services");
    }
  }
}
