package org.asyncio4j.examples.blocking;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.asyncio4j.examples.peers.Postgres;

/** A database behind a pool with two connections. */
record Database(HikariDataSource pool, String sleepForever, AutoCloseable server)
    implements AutoCloseable {

  private static final int CONNECTIONS = 2;

  /** The databases that the tests use. */
  enum Kind {
    POSTGRESQL,
    H2_IN_MEMORY,
    H2_IN_A_FILE;

    Database open(Path directory) throws Exception {
      return switch (this) {
        case POSTGRESQL -> {
          Postgres server = Postgres.start();
          yield Database.open(server.url(), "select pg_sleep(3600)", server);
        }
        case H2_IN_MEMORY -> h2("jdbc:h2:mem:test");
        // Its default file system closes files when the thread that uses them is interrupted.
        case H2_IN_A_FILE -> h2("jdbc:h2:async:" + directory.resolve("test"));
      };
    }

    private static Database h2(String url) throws SQLException {
      // It exists while it has a connection, and the pool loses some.
      Connection keeper = DriverManager.getConnection(url);
      Database database = Database.open(url, "call sleep_forever()", keeper);
      database.execute(
          "create alias sleep_forever for '%s.forever'".formatted(Sleep.class.getName()));
      return database;
    }
  }

  private static Database open(String url, String sleepForever, AutoCloseable server) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    return new Database(new HikariDataSource(config), sleepForever, server);
  }

  Connection connect() throws SQLException {
    return pool.getConnection();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      boolean ignored = statement.execute(sql);
    }
  }

  /** Makes a very slow query. */
  void sleep() throws SQLException {
    execute(sleepForever);
  }

  /** Waits for a connection of an exhausted pool. */
  void waitForConnection() throws SQLException {
    try (Connection first = connect();
        Connection second = connect()) {
      execute("select '%s', '%s'".formatted(first, second));
    }
  }

  @Override
  public void close() throws Exception {
    pool.close();
    server.close();
  }
}
