package org.asyncio4j.tck.mutants.sockets;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.NoSuchFileException;
import org.asyncio4j.Asyncio;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.tck.mutants.harness.Defects;

/** Chapter 20: files that cannot be sent. */
public final class SendFileFailureMutants extends Defects {

  public SendFileFailureMutants() {
    defect("20.50", "takes a closing connection for a lost one")
        .loop(loop ->
            loop.sendFile.refuse(
                it -> it.transport().isClosing(), it -> new SocketException("Broken pipe")));

    defect("20.51", "takes a loss for the end of the file")
        .loop(loop ->
            loop.sendFile.swallowing(
                IOException.class,
                failure ->
                    !(failure instanceof NoSuchFileException)
                        && !(failure instanceof SendFileNotAvailableException)));

    defect("20.52", "goes on when it is cancelled")
        .loop(loop ->
            loop.sendFile.around((correct, it) ->
                Asyncio.shield(loop.createTask(() -> correct.quietly(it)))
                    .awaitThrowing(IOException.class)));

    defect("20.53", "takes a missing file for an empty one")
        .loop(loop -> loop.sendFile.swallowing(NoSuchFileException.class, _ -> true));
  }
}
