repositories {
  mavenLocal()
  mavenCentral()
}

dependencies {
  implementation("org.asyncio4j:asyncio4j-api:0.1.0-SNAPSHOT")
  runtimeOnly("org.asyncio4j:asyncio4j-loop-nio:0.1.0-SNAPSHOT")
  runtimeOnly("org.asyncio4j:asyncio4j-loop-epoll:0.1.0-SNAPSHOT")
}
