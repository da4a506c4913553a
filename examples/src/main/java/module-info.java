/** Small programs; the loops that they run on are found when they run. */
module org.asyncio4j.examples {
  requires org.asyncio4j;
}
