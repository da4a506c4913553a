/** Example programs. They find their event loops at run time. */
module org.asyncio4j.examples {
  requires org.asyncio4j;
}
