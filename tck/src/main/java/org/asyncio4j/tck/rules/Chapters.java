package org.asyncio4j.tck.rules;

import java.util.List;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.run.Chapter;

/** The list of all chapters. A chapter may have several parts; a new part is one line here. */
public final class Chapters {

  private static final String UNIX = "Unix sockets";

  private Chapters() {}

  /** {@return the chapters, in the order of their numbers} */
  public static List<Chapter> all() {
    return Stream.of(
            ofTasks(),
            ofNetwork(),
            ofTogether(),
            ofStreams(),
            ofTls(),
            ofDatagrams(),
            ofUnixStreams(),
            ofUnixDatagrams(),
            ofSockets())
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
    return Stream.of(ofNetwork(), ofStreams(), ofTls(), ofUnixStreams(), ofSockets())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Chapter> ofTasks() {
    String life = "Provider and life cycle";
    String scheduling = "Scheduling and time";
    String threads = "Threads and wake-ups";
    String futures = "Futures";
    String visibility = "Task visibility";
    String steps = "Task steps and cancellation";
    return List.of(
        new Chapter(1, life, ProviderRules.class, ProviderRules::new, false),
        new Chapter(1, life, RunUntilCompleteRules.class, RunUntilCompleteRules::new, false),
        new Chapter(1, life, RunningRules.class, RunningRules::new, false),
        new Chapter(1, life, ClosingRules.class, ClosingRules::new, false),
        new Chapter(1, life, ClosedLoopRules.class, ClosedLoopRules::new, false),
        new Chapter(1, life, ForgottenLoopRules.class, ForgottenLoopRules::new, false),
        new Chapter(2, scheduling, CallbackRules.class, CallbackRules::new, true),
        new Chapter(2, scheduling, HandleRules.class, HandleRules::new, true),
        new Chapter(2, scheduling, HandleTextRules.class, HandleTextRules::new, true),
        new Chapter(2, scheduling, TimerRules.class, TimerRules::new, true),
        new Chapter(2, scheduling, CallbackContextRules.class, CallbackContextRules::new, true),
        new Chapter(3, threads, WakeUpRules.class, WakeUpRules::new, false),
        new Chapter(3, threads, ThreadRules.class, ThreadRules::new, false),
        new Chapter(3, threads, OffloadRules.class, OffloadRules::new, false),
        new Chapter(3, threads, ForeignTransportRules.class, ForeignTransportRules::new, true),
        new Chapter(3, threads, ForeignUseRules.class, ForeignUseRules::new, true),
        new Chapter(4, futures, FutureRules.class, FutureRules::new, true),
        new Chapter(4, futures, FutureCallbackRules.class, FutureCallbackRules::new, true),
        new Chapter(4, futures, CallbackEqualityRules.class, CallbackEqualityRules::new, true),
        new Chapter(4, futures, AwaitRules.class, AwaitRules::new, true),
        new Chapter(5, visibility, TaskVisibilityRules.class, TaskVisibilityRules::new, true),
        new Chapter(5, visibility, CurrentTaskRules.class, CurrentTaskRules::new, true),
        new Chapter(5, visibility, TaskLifetimeRules.class, TaskLifetimeRules::new, true),
        new Chapter(6, steps, StepRules.class, StepRules::new, true),
        new Chapter(6, steps, TaskInsightRules.class, TaskInsightRules::new, true),
        new Chapter(6, steps, CancellationRules.class, CancellationRules::new, true),
        new Chapter(6, steps, CancelRequestRules.class, CancelRequestRules::new, true),
        new Chapter(6, steps, BlockingRules.class, BlockingRules::new, false),
        new Chapter(
            6, steps, BlockingCancellationRules.class, BlockingCancellationRules::new, false),
        new Chapter(6, steps, BlockingRequestRules.class, BlockingRequestRules::new, false));
  }

  private static List<Chapter> ofNetwork() {
    String hooks = "Transport hooks";
    String client = "TCP client";
    String server = "TCP server";
    String flow = "Flow control";
    String ends = "End of file and errors";
    return List.of(
        new Chapter(7, hooks, HookCallRules.class, HookCallRules::new, false),
        new Chapter(7, hooks, TransportRules.class, TransportRules::new, false),
        new Chapter(7, hooks, HookClosingRules.class, HookClosingRules::new, false),
        new Chapter(7, hooks, CapabilityRules.class, CapabilityRules::new, false),
        new Chapter(7, hooks, PollRules.class, PollRules::new, false),
        new Chapter(8, client, ClientConnectRules.class, ClientConnectRules::new, false),
        new Chapter(8, client, ClientLifeRules.class, ClientLifeRules::new, false),
        new Chapter(8, client, ClientRaceRules.class, ClientRaceRules::new, false),
        new Chapter(9, server, ServerListenRules.class, ServerListenRules::new, false),
        new Chapter(9, server, ServerAcceptRules.class, ServerAcceptRules::new, false),
        new Chapter(9, server, ServerLifeRules.class, ServerLifeRules::new, false),
        new Chapter(9, server, ServeForeverRules.class, ServeForeverRules::new, false),
        new Chapter(9, server, ServerAddressRules.class, ServerAddressRules::new, false),
        new Chapter(9, server, ServerBacklogRules.class, ServerBacklogRules::new, false),
        new Chapter(9, server, ServerLimitRules.class, ServerLimitRules::new, false),
        new Chapter(9, server, ServerPlaceRules.class, ServerPlaceRules::new, false),
        new Chapter(10, flow, WritePacingRules.class, WritePacingRules::new, false),
        new Chapter(10, flow, WriteLimitRules.class, WriteLimitRules::new, false),
        new Chapter(10, flow, WriteRules.class, WriteRules::new, false),
        new Chapter(10, flow, ReadPacingRules.class, ReadPacingRules::new, false),
        new Chapter(10, flow, BufferMemoryRules.class, BufferMemoryRules::new, false),
        new Chapter(10, flow, MemoryReuseRules.class, MemoryReuseRules::new, false),
        new Chapter(11, ends, EndOfFileRules.class, EndOfFileRules::new, false),
        new Chapter(11, ends, FailureRules.class, FailureRules::new, false),
        new Chapter(11, ends, ConnectionEndRules.class, ConnectionEndRules::new, false),
        new Chapter(11, ends, ConnectionStateRules.class, ConnectionStateRules::new, false),
        new Chapter(11, ends, ProtocolRules.class, ProtocolRules::new, false),
        new Chapter(11, ends, LentMemoryRules.class, LentMemoryRules::new, false),
        new Chapter(11, ends, SendFileLossRules.class, SendFileLossRules::new, false),
        new Chapter(11, ends, DroppedWriteRules.class, DroppedWriteRules::new, false));
  }

  private static List<Chapter> ofTogether() {
    String waiting = "Waiting";
    String limits = "Time limits and groups";
    String sync = "Locks and queues";
    String eager = "Eager start and call graph";
    return List.of(
        new Chapter(12, waiting, GatherRules.class, GatherRules::new, true),
        new Chapter(12, waiting, WaitRules.class, WaitRules::new, true),
        new Chapter(12, waiting, ShieldRules.class, ShieldRules::new, true),
        new Chapter(12, waiting, RaceRules.class, RaceRules::new, true),
        new Chapter(13, limits, LimitRules.class, LimitRules::new, true),
        new Chapter(13, limits, LimitRaceRules.class, LimitRaceRules::new, true),
        new Chapter(13, limits, GroupRules.class, GroupRules::new, true),
        new Chapter(13, limits, BlockingLimitRules.class, BlockingLimitRules::new, false),
        new Chapter(13, limits, CancelledOutcomeRules.class, CancelledOutcomeRules::new, true),
        new Chapter(14, sync, LockRules.class, LockRules::new, true),
        new Chapter(14, sync, SignalRules.class, SignalRules::new, true),
        new Chapter(14, sync, WakingRules.class, WakingRules::new, false),
        new Chapter(15, eager, EagerStartRules.class, EagerStartRules::new, true),
        new Chapter(15, eager, EagerLimitRules.class, EagerLimitRules::new, false),
        new Chapter(15, eager, CallGraphRules.class, CallGraphRules::new, true));
  }

  private static List<Chapter> ofStreams() {
    String streams = "Streams";
    return List.of(
        new Chapter(16, streams, StreamReadRules.class, StreamReadRules::new, false),
        new Chapter(16, streams, StreamWriteRules.class, StreamWriteRules::new, false),
        new Chapter(16, streams, StreamServerRules.class, StreamServerRules::new, false),
        new Chapter(16, streams, ClientFaultRules.class, ClientFaultRules::new, false),
        new Chapter(16, streams, ClientGoneRules.class, ClientGoneRules::new, false),
        new Chapter(16, streams, HandlerEndRules.class, HandlerEndRules::new, false));
  }

  private static List<Chapter> ofDatagrams() {
    String udp = "UDP";
    return List.of(
        new Chapter(18, udp, UdpEndpointRules.class, UdpEndpointRules::new, false),
        new Chapter(18, udp, UdpTransferRules.class, UdpTransferRules::new, false),
        new Chapter(18, udp, UdpErrorRules.class, UdpErrorRules::new, false));
  }

  private static List<Chapter> ofTls() {
    String tls = "TLS";
    return List.of(
        new Chapter(17, tls, TlsHandshakeRules.class, TlsHandshakeRules::new, false),
        new Chapter(17, tls, TlsStreamRules.class, TlsStreamRules::new, false),
        new Chapter(17, tls, TlsClosingRules.class, TlsClosingRules::new, false),
        new Chapter(17, tls, StartTlsRules.class, StartTlsRules::new, false),
        new Chapter(17, tls, StreamTlsRules.class, StreamTlsRules::new, false),
        new Chapter(17, tls, StartTlsLossRules.class, StartTlsLossRules::new, false),
        new Chapter(17, tls, TlsLimitRules.class, TlsLimitRules::new, false),
        new Chapter(17, tls, TlsMistakeRules.class, TlsMistakeRules::new, false));
  }

  private static List<Chapter> ofUnixStreams() {
    return List.of(
        new Chapter(19, UNIX, UnixServerRules.class, UnixServerRules::new, false),
        new Chapter(19, UNIX, UnixClientRules.class, UnixClientRules::new, false),
        new Chapter(19, UNIX, UnixBacklogRules.class, UnixBacklogRules::new, false),
        new Chapter(19, UNIX, UnixLimitRules.class, UnixLimitRules::new, false));
  }

  private static List<Chapter> ofUnixDatagrams() {
    return List.of(
        new Chapter(19, UNIX, UnixEndpointRules.class, UnixEndpointRules::new, false),
        new Chapter(19, UNIX, UnixDatagramRules.class, UnixDatagramRules::new, false),
        new Chapter(19, UNIX, UnixMemoryRules.class, UnixMemoryRules::new, false));
  }

  private static List<Chapter> ofSockets() {
    String sockets = "Sockets";
    return List.of(
        new Chapter(20, sockets, SocketStreamRules.class, SocketStreamRules::new, false),
        new Chapter(20, sockets, SocketWaitRules.class, SocketWaitRules::new, false),
        new Chapter(20, sockets, SocketLifeRules.class, SocketLifeRules::new, false),
        new Chapter(20, sockets, SocketUseRules.class, SocketUseRules::new, false),
        new Chapter(20, sockets, WatchRules.class, WatchRules::new, false),
        new Chapter(20, sockets, SendFileRules.class, SendFileRules::new, false),
        new Chapter(20, sockets, SendFileFailureRules.class, SendFileFailureRules::new, false),
        new Chapter(20, sockets, SocketMemoryRules.class, SocketMemoryRules::new, false));
  }
}
