package org.example.image;

import org.asyncio4j.Asyncio;

/** Prints on which loop the program runs. */
final class Main {

  static void main() {
    Asyncio.run(() -> IO.println("running " + Asyncio.runningLoop()));
  }
}
