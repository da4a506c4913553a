package org.asyncio4j.tck.mutants.transports;

import org.asyncio4j.tck.mutants.harness.ConnectionSeams;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 11: connections that are lost while they send a file. */
public final class SendFileLossMutants extends Defects {

  public SendFileLossMutants() {
    defect("11.45", "is not lost while a file is sent")
        .connections(it -> it.connectionLost.unless(() -> sendsFile(it)));

    defect("11.45", "loses files without a reason")
        .connections(SendFileLossMutants::loseFilesQuietly);
  }

  /** Does not say why the connection is lost that sends a file. */
  public static void loseFilesQuietly(ConnectionSeams it) {
    it.connectionLost.given(reason -> sendsFile(it) ? null : reason);
  }

  private static boolean sendsFile(ConnectionSeams it) {
    return it.user().getClass().getName().contains("SendFilePacer");
  }
}
