package org.asyncio4j.tck.rules;

import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.callbacks.CallbackChapter;
import org.asyncio4j.tck.rules.clients.ClientChapter;
import org.asyncio4j.tck.rules.datagrams.DatagramChapter;
import org.asyncio4j.tck.rules.eager.EagerChapter;
import org.asyncio4j.tck.rules.futures.FutureChapter;
import org.asyncio4j.tck.rules.hooks.HookChapter;
import org.asyncio4j.tck.rules.limits.LimitChapter;
import org.asyncio4j.tck.rules.running.RunningChapter;
import org.asyncio4j.tck.rules.servers.ServerChapter;
import org.asyncio4j.tck.rules.sockets.SocketChapter;
import org.asyncio4j.tck.rules.streams.StreamChapter;
import org.asyncio4j.tck.rules.sync.SyncChapter;
import org.asyncio4j.tck.rules.tasks.TaskChapters;
import org.asyncio4j.tck.rules.threads.ThreadChapter;
import org.asyncio4j.tck.rules.tls.TlsChapter;
import org.asyncio4j.tck.rules.transports.TransportChapters;
import org.asyncio4j.tck.rules.unix.UnixChapter;
import org.asyncio4j.tck.rules.waiting.WaitingChapter;
import org.asyncio4j.tck.run.Chapter;

/** The list of all chapters, which are in packages of their own. */
public final class Chapters {

  private Chapters() {}

  /** {@return the chapters, in the order of their numbers} */
  public static List<Chapter> all() {
    return Stream.of(
            RunningChapter.parts(),
            CallbackChapter.parts(),
            ThreadChapter.parts(),
            FutureChapter.parts(),
            TaskChapters.parts(),
            HookChapter.parts(),
            ClientChapter.parts(),
            ServerChapter.parts(),
            TransportChapters.parts(),
            WaitingChapter.parts(),
            LimitChapter.parts(),
            SyncChapter.parts(),
            EagerChapter.parts(),
            StreamChapter.parts(),
            TlsChapter.parts(),
            DatagramChapter.parts(),
            UnixChapter.streams(),
            UnixChapter.datagrams(),
            SocketChapter.parts())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Returns the chapters of a run.
   *
   * @param settings its settings; with faults in connections, only chapters that use connections
   * @return the chapters, in the order of their numbers
   */
  public static List<Chapter> of(TckSettings settings) {
    return settings.faults().isEmpty() ? all() : withConnections();
  }

  private static List<Chapter> withConnections() {
    return Stream.of(
            HookChapter.parts(),
            ClientChapter.parts(),
            ServerChapter.parts(),
            TransportChapters.parts(),
            StreamChapter.parts(),
            TlsChapter.parts(),
            UnixChapter.streams(),
            SocketChapter.parts())
        .flatMap(List::stream)
        .toList();
  }
}
