package org.asyncio4j.tck.mutants;

import java.util.stream.Stream;
import org.asyncio4j.tck.mutants.callbacks.CallbackMutants;
import org.asyncio4j.tck.mutants.clients.ClientMutants;
import org.asyncio4j.tck.mutants.datagrams.UdpMutants;
import org.asyncio4j.tck.mutants.eager.EagerMutants;
import org.asyncio4j.tck.mutants.futures.FutureMutants;
import org.asyncio4j.tck.mutants.harness.Defects;
import org.asyncio4j.tck.mutants.hooks.HookMutants;
import org.asyncio4j.tck.mutants.limits.LimitMutants;
import org.asyncio4j.tck.mutants.running.RunningMutants;
import org.asyncio4j.tck.mutants.servers.ServerLifeMutants;
import org.asyncio4j.tck.mutants.servers.ServerListenMutants;
import org.asyncio4j.tck.mutants.sockets.SendFileMutants;
import org.asyncio4j.tck.mutants.sockets.SocketMutants;
import org.asyncio4j.tck.mutants.sockets.WatchMutants;
import org.asyncio4j.tck.mutants.streams.StreamMutants;
import org.asyncio4j.tck.mutants.sync.SyncMutants;
import org.asyncio4j.tck.mutants.tasks.BlockingMutants;
import org.asyncio4j.tck.mutants.tasks.CancellationMutants;
import org.asyncio4j.tck.mutants.tasks.TaskLifetimeMutants;
import org.asyncio4j.tck.mutants.threads.ForeignThreadMutants;
import org.asyncio4j.tck.mutants.threads.ThreadMutants;
import org.asyncio4j.tck.mutants.tls.StartTlsMutants;
import org.asyncio4j.tck.mutants.tls.TlsMutants;
import org.asyncio4j.tck.mutants.transports.ConnectionEndMutants;
import org.asyncio4j.tck.mutants.transports.MemoryMutants;
import org.asyncio4j.tck.mutants.transports.PacingMutants;
import org.asyncio4j.tck.mutants.unix.UnixDatagramMutants;
import org.asyncio4j.tck.mutants.unix.UnixStreamMutants;
import org.asyncio4j.tck.mutants.waiting.WaitingMutants;

/** All defects, in the order of their chapters. A new class of them is one line here. */
final class Catalogue {

  private Catalogue() {}

  static Stream<Defects> all() {
    return Stream.of(
        new RunningMutants(),
        new CallbackMutants(),
        new ThreadMutants(),
        new ForeignThreadMutants(),
        new FutureMutants(),
        new TaskLifetimeMutants(),
        new CancellationMutants(),
        new BlockingMutants(),
        new HookMutants(),
        new ClientMutants(),
        new ServerListenMutants(),
        new ServerLifeMutants(),
        new PacingMutants(),
        new MemoryMutants(),
        new ConnectionEndMutants(),
        new WaitingMutants(),
        new LimitMutants(),
        new SyncMutants(),
        new EagerMutants(),
        new StreamMutants(),
        new TlsMutants(),
        new StartTlsMutants(),
        new UdpMutants(),
        new UnixStreamMutants(),
        new UnixDatagramMutants(),
        new SocketMutants(),
        new WatchMutants(),
        new SendFileMutants());
  }
}
