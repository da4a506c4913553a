package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.asyncio4j.net.Server;
import org.asyncio4j.net.SocketServerOptions;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.spi.LoopContext;

/** Defects of chapter 19 that concern the files of sockets which become servers. */
final class UnixHandoverMutants {

  private UnixHandoverMutants() {}

  private abstract static class OtherCleanup extends NetworkMutant {

    int servers;

    OtherCleanup(LoopContext context) {
      super(context);
    }

    abstract boolean cleanup(boolean asked);

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
        throws IOException {
      servers++;
      return super.createServer(
          protocolFactory, options.withCleanupSocket(cleanup(options.cleanupSocket())));
    }
  }

  /** Leaves the files. */
  @Defect(breaks = "19.40", also = "19.45")
  static final class LeavesTheFileOfASocket extends OtherCleanup {

    LeavesTheFileOfASocket(LoopContext context) {
      super(context);
    }

    @Override
    boolean cleanup(boolean asked) {
      return false;
    }
  }

  /** Deletes one file and no more. */
  @Defect(breaks = "19.40", also = "19.45")
  static final class LeavesTheFileOfTheSecondSocket extends OtherCleanup {

    LeavesTheFileOfTheSecondSocket(LoopContext context) {
      super(context);
    }

    @Override
    boolean cleanup(boolean asked) {
      return asked && servers == 1;
    }
  }

  /** Deletes all files. */
  @Defect(breaks = "19.41")
  static final class DeletesTheFileOfASocketAlways extends OtherCleanup {

    DeletesTheFileOfASocketAlways(LoopContext context) {
      super(context);
    }

    @Override
    boolean cleanup(boolean asked) {
      return true;
    }
  }

  /** Remembers the options of the first socket only. */
  @Defect(breaks = "19.41")
  static final class DeletesTheFileOfTheSecondSocket extends OtherCleanup {

    DeletesTheFileOfTheSecondSocket(LoopContext context) {
      super(context);
    }

    @Override
    boolean cleanup(boolean asked) {
      return asked || servers > 1;
    }
  }

  private abstract static class DeletesByPath extends NetworkMutant {

    DeletesByPath(LoopContext context) {
      super(context);
    }

    abstract boolean deletes(Path path);

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
        throws IOException {
      Server real = super.createServer(protocolFactory, options);
      boolean cleanup = options.cleanupSocket();
      return real.sockets().getFirst().localAddress() instanceof UnixDomainSocketAddress unix
          ? new ForwardingServer(real) {
            @Override
            public void close() {
              super.close();
              try {
                if (cleanup && deletes(unix.getPath())) {
                  Files.deleteIfExists(unix.getPath());
                }
              } catch (IOException refused) {
                throw new UncheckedIOException(refused);
              }
            }
          }
          : real;
    }
  }

  /** Deletes whatever is at its path. */
  @Defect(breaks = "19.42")
  static final class DeletesWhateverIsThere extends DeletesByPath {

    DeletesWhateverIsThere(LoopContext context) {
      super(context);
    }

    @Override
    boolean deletes(Path path) {
      return true;
    }
  }

  /** Deletes any socket at its path, files of other kinds not. */
  @Defect(breaks = "19.42")
  static final class DeletesAnySocketThere extends DeletesByPath {

    DeletesAnySocketThere(LoopContext context) {
      super(context);
    }

    @Override
    boolean deletes(Path path) {
      return !Files.isRegularFile(path) && !Files.isDirectory(path);
    }
  }

  /** A loop whose servers that never start are closed in another way. */
  private abstract static class Idle extends NetworkMutant {

    int servers;

    Idle(LoopContext context) {
      super(context);
    }

    abstract void close(Server real, Path path);

    @Override
    public Server createServer(
        Supplier<? extends StreamProtocol> protocolFactory, SocketServerOptions options)
        throws IOException {
      servers++;
      Server real =
          super.createServer(
              protocolFactory, options.startServing() ? options : options.withCleanupSocket(false));
      if (options.startServing()
          || !(real.sockets().getFirst().localAddress() instanceof UnixDomainSocketAddress unix)) {
        return real;
      }
      return new ForwardingServer(real) {
        @Override
        public void close() {
          Idle.this.close(real, unix.getPath());
        }
      };
    }

    static void delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    }
  }

  /** Leaves the file of a server that never started. */
  @Defect(breaks = "19.45")
  static final class LeavesTheFileOfAnIdleSocket extends Idle {

    LeavesTheFileOfAnIdleSocket(LoopContext context) {
      super(context);
    }

    @Override
    void close(Server real, Path path) {
      real.close();
    }
  }

  /** Leaves the file of the second server that never started. */
  @Defect(breaks = "19.45")
  static final class LeavesTheFileOfTheSecondIdleSocket extends Idle {

    LeavesTheFileOfTheSecondIdleSocket(LoopContext context) {
      super(context);
    }

    @Override
    void close(Server real, Path path) {
      real.close();
      if (servers == 1) {
        delete(path);
      }
    }
  }

  /** Deletes the file, and keeps who waits. */
  @Defect(breaks = "19.45")
  static final class KeepsThoseWhoWaitForAnIdleSocket extends Idle {

    KeepsThoseWhoWaitForAnIdleSocket(LoopContext context) {
      super(context);
    }

    @Override
    void close(Server real, Path path) {
      delete(path);
    }
  }
}
