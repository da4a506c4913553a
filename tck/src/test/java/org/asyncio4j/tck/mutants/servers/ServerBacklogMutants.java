package org.asyncio4j.tck.mutants.servers;

import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 9: clients that come before a server is started. */
public final class ServerBacklogMutants extends Defects {

  public ServerBacklogMutants() {
    defect("9.40", "refuses clients that come early")
        .also("9.4", "9.31", "9.41")
        .loop(LaterServers::listenLater);

    defect("9.40", "loses the second client that waits")
        .also("9.4")
        .loop(LaterServers::loseTheSecond);

    defect("9.41", "stays open unless it was started").also("9.31").loop(LaterServers::stayOpen);

    defect("9.41", "accepts clients that wait when it is closed")
        .also("9.31")
        .loop(LaterServers::startToClose);
  }
}
