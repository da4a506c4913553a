/** An application: it requires the library alone, and the loops are added when it is linked. */
module org.example.image {
  requires org.asyncio4j;
}
