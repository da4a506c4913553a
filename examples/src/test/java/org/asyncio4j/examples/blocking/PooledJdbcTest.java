package org.asyncio4j.examples.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.CancelledError;
import org.asyncio4j.core.Task;
import org.asyncio4j.core.ThrowingRunnable;
import org.asyncio4j.core.TimeoutException;
import org.asyncio4j.examples.Setup;
import org.asyncio4j.examples.blocking.Database.Kind;
import org.asyncio4j.tasks.TaskGroup;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Limits and cancellations over JDBC through a pool, which turns an interrupt into exceptions of
 * its own, evicts the connection and takes locks while it does.
 */
@Timeout(120)
final class PooledJdbcTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int TASKS = 8;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void limitsEndQueriesAndWaitsForConnections(Kind kind) throws Exception {
    onEachSetup(
        kind,
        Setup.all(),
        database -> {
          for (ThrowingRunnable<SQLException> blocking : blocking(database)) {
            assertThatThrownBy(() -> Asyncio.timeout(SHORT, blocking))
                .isInstanceOf(TimeoutException.class)
                .hasCauseInstanceOf(SQLException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(Asyncio.currentTask().orElseThrow().cancelling()).isZero();
            // The pool is as good as before.
            database.execute("select 1");
            Asyncio.sleep(Duration.ZERO);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void cancellationsEndThem(Kind kind) throws Exception {
    onEachSetup(
        kind,
        onCarrier(),
        database -> {
          for (ThrowingRunnable<SQLException> blocking : blocking(database)) {
            Task<?> task = Asyncio.createTask(blocking);
            Asyncio.sleep(SHORT);
            task.cancel("enough");
            assertThatThrownBy(task::await)
                .isInstanceOf(CancelledError.class)
                .hasMessage("enough")
                .hasCauseInstanceOf(SQLException.class);
            assertThat(task.isCancelled()).isTrue();
            database.execute("select 1");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void groupsThatAreCancelledEndThem(Kind kind) throws Exception {
    onEachSetup(
        kind,
        onCarrier(),
        database -> {
          for (ThrowingRunnable<SQLException> blocking : blocking(database)) {
            TaskGroup.run(group -> {
              for (int i = 0; i < TASKS; i++) {
                group.createTask(blocking);
              }
              Asyncio.sleep(SHORT);
              group.cancel();
            });
            database.execute("select 1");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void manyLimitsThatPassWhileTasksContendForThePoolAreAllKept(Kind kind) throws Exception {
    onEachSetup(
        kind,
        onCarrier(),
        database -> {
          List<Task<?>> tasks = new ArrayList<>();
          for (int i = 0; i < TASKS; i++) {
            tasks.add(
                Asyncio.createTask(() -> {
                  assertThatThrownBy(() -> Asyncio.timeout(SHORT, database::sleep))
                      .isInstanceOf(TimeoutException.class)
                      .hasCauseInstanceOf(SQLException.class);
                }));
          }
          for (Task<?> task : tasks) {
            task.await();
          }
          database.execute("select 1");
        });
  }

  @ParameterizedTest
  @EnumSource
  void errorsOfTheDatabaseAreThrownUnchanged(Kind kind) throws Exception {
    onEachSetup(
        kind,
        Setup.all(),
        database -> {
          assertThatThrownBy(() -> Asyncio.timeout(LONG, () -> database.execute("select 1 / 0")))
              .isInstanceOf(SQLException.class)
              .hasNoSuppressedExceptions();
          Task<?> task = Asyncio.createTask(() -> database.execute("select nonsense"));
          assertThatThrownBy(task::await).isInstanceOf(SQLException.class);
        });
  }

  private static Stream<Setup> onCarrier() {
    return Setup.all().filter(setup -> setup.engine().equals("carrier"));
  }

  private static List<ThrowingRunnable<SQLException>> blocking(Database database) {
    return List.of(database::sleep, database::waitForConnection);
  }

  private void onEachSetup(Kind kind, Stream<Setup> setups, Use use) throws Exception {
    try (Database database = kind.open(directory)) {
      for (Setup setup : setups.toList()) {
        setup.run(() -> use.of(database));
      }
    }
  }

  /** An operation on a database. */
  @FunctionalInterface
  private interface Use {
    void of(Database database) throws Exception;
  }
}
