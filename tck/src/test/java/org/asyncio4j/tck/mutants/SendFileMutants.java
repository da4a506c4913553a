package org.asyncio4j.tck.mutants;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.asyncio4j.Asyncio;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Handle;
import org.asyncio4j.net.AsyncSocket;
import org.asyncio4j.net.FileRegion;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.spi.SendFileRequest;
import org.asyncio4j.spi.SocketTransportRequest;
import org.asyncio4j.sync.AsyncLock;
import org.asyncio4j.tck.mutants.Altered.Alteration;

/** Defects of chapter 20 that concern files that are sent. */
final class SendFileMutants {

  private static final int MEGABYTE = 1 << 20;

  private SendFileMutants() {}

  /** Sends the first megabyte and no more. */
  @Defect(
      breaks = "20.43",
      also = {"20.47", "20.48", "20.49", "20.51", "20.52", "20.54"})
  static final class SendsOneMegabyte extends SocketMutant {

    SendsOneMegabyte(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      return super.sendFile(
          transport,
          region.withCount(Math.min(region.count().orElse(MEGABYTE), MEGABYTE)),
          fallback);
    }
  }

  /** Does not wait for what was written before. */
  @Defect(breaks = "20.44")
  static final class WantsAnEmptyBuffer extends SocketMutant {

    WantsAnEmptyBuffer(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      if (transport.writeBufferSize() > 0) {
        throw new IllegalStateException("there is something to write");
      }
      return super.sendFile(transport, region, fallback);
    }
  }

  /** Takes a count of none for no count. */
  @Defect(breaks = "20.45")
  static final class TakesNoneForAll extends SocketMutant {

    TakesNoneForAll(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      return super.sendFile(
          transport,
          region.count().orElse(1) == 0 ? region.withCount(Long.MAX_VALUE) : region,
          fallback);
    }
  }

  /** Leaves channels where they were. */
  @Defect(breaks = "20.46", also = "20.52")
  static final class LeavesThePosition extends SocketMutant {

    LeavesThePosition(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      if (!(region.file() instanceof FileRegion.OfChannel(FileChannel channel))) {
        return super.sendFile(transport, region, fallback);
      }
      long before = channel.position();
      try {
        return super.sendFile(transport, region, fallback);
      } finally {
        channel.position(before);
      }
    }
  }

  /** Says that the system copies files, and reads them. */
  @Defect(
      breaks = "20.47",
      also = {"20.49"})
  static final class ReadsEveryFile extends SocketMutant {

    ReadsEveryFile(LoopContext context) {
      super(context);
    }

    @Override
    protected long sendFile(SendFileRequest request) throws IOException {
      throw new SendFileNotAvailableException("not today");
    }
  }

  /** Has the second file wait for the first. */
  @Defect(breaks = "20.48")
  static final class QueuesFiles extends SocketMutant {

    private final Map<Transport, AsyncLock> locks = new IdentityHashMap<>();

    QueuesFiles(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      AsyncLock lock = locks.computeIfAbsent(transport, key -> new AsyncLock());
      lock.acquire();
      try {
        return super.sendFile(transport, region, fallback);
      } finally {
        lock.release();
      }
    }
  }

  /** Closes at once, whatever is on its way. */
  @Defect(
      breaks = "20.49",
      also = {"20.55"})
  static final class ClosesAtOnce extends SocketMutant {

    ClosesAtOnce(LoopContext context) {
      super(context);
    }

    @Override
    protected Transport makeSocketTransport(SocketTransportRequest request) {
      Transport real = super.makeSocketTransport(request);
      return Altered.of(
          Transport.class,
          real,
          "close",
          args -> {
            real.abort();
            return null;
          });
    }

    @Override
    protected long sendFile(SendFileRequest request) throws IOException {
      return super.sendFile(
          new SendFileRequest(
              (Transport) Altered.unwrapped(request.transport()), request.region()));
    }
  }

  /** Tells of a closing connection as of a lost one. */
  @Defect(breaks = "20.50")
  static final class TakesClosingForLost extends SocketMutant {

    TakesClosingForLost(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      if (transport.isClosing()) {
        throw new SocketException("Broken pipe");
      }
      return super.sendFile(transport, region, fallback);
    }
  }

  /** Takes a loss for the end of the file. */
  @Defect(breaks = "20.51")
  static final class TakesLossForTheEnd extends SocketMutant {

    TakesLossForTheEnd(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      try {
        return super.sendFile(transport, region, fallback);
      } catch (NoSuchFileException | SendFileNotAvailableException other) {
        throw other;
      } catch (IOException lost) {
        return 0;
      }
    }
  }

  /** Goes on when its task is cancelled. */
  @Defect(breaks = "20.52")
  static final class GoesOnWhenCancelled extends SocketMutant {

    GoesOnWhenCancelled(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      return Asyncio.shield(createTask(() -> super.sendFile(transport, region, fallback)))
          .awaitThrowing(IOException.class);
    }
  }

  /** Takes a file that is not there for an empty one. */
  @Defect(breaks = "20.53")
  static final class TakesMissingForEmpty extends SocketMutant {

    TakesMissingForEmpty(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      try {
        return super.sendFile(transport, region, fallback);
      } catch (NoSuchFileException missing) {
        return 0;
      }
    }
  }

  /** Runs nothing else until a file is sent. */
  @Defect(breaks = "20.54", also = "20.51")
  static final class LetsTheOthersWait extends SocketMutant {

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean sending;

    LetsTheOthersWait(LoopContext context) {
      super(context);
    }

    @Override
    public Handle callSoon(Runnable callback, Context context) {
      return sending
          ? super.callSoon(() -> waiting.add(callback), context)
          : super.callSoon(callback, context);
    }

    @Override
    public Handle callSoon(Runnable callback) {
      return sending ? super.callSoon(() -> waiting.add(callback)) : super.callSoon(callback);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      sending = true;
      try {
        return super.sendFile(transport, region, fallback);
      } finally {
        sending = false;
        waiting.forEach(super::callSoon);
        waiting.clear();
      }
    }
  }

  /** Sends files only where the system copies them. */
  @Defect(breaks = "20.55")
  static final class NeverReadsFiles extends SocketMutant {

    NeverReadsFiles(LoopContext context) {
      super(context);
    }

    @Override
    public long sendFile(Transport transport, FileRegion region, boolean fallback)
        throws IOException {
      return super.sendFile(transport, region, false);
    }
  }

  /** Sends the first megabyte by a socket and no more. */
  @Defect(breaks = "20.56")
  static final class SendsOneMegabyteBySockets extends SocketMutant {

    SendsOneMegabyteBySockets(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("sendFile", args -> real.sendFile(((FileRegion) args[0]).withCount(MEGABYTE)));
    }
  }

  /** Leaves out the first byte of what a socket sends. */
  @Defect(breaks = "20.56")
  static final class SkipsAByteBySockets extends SocketMutant {

    SkipsAByteBySockets(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of("sendFile", args -> real.sendFile(((FileRegion) args[0]).withOffset(1)));
    }
  }

  /** Takes for nothing what another writer sends while a socket sends a file. */
  @Defect(breaks = "20.56", also = "20.57")
  static final class DropsWhatOthersSend extends SocketMutant {

    DropsWhatOthersSend(LoopContext context) {
      super(context);
    }

    @Override
    Map<String, Alteration> ofStream(AsyncSocket real) {
      return Map.of(
          "send",
          args -> {
            try {
              return real.send((ByteBuffer) args[0]);
            } catch (IllegalStateException busy) {
              return 0;
            }
          });
    }
  }
}
