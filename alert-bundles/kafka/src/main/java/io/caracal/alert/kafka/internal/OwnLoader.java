package io.caracal.alert.kafka.internal;

import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Calls Kafka with the class loader of this bundle as the thread's: it looks there for classes that
 * its configuration names.
 */
final class OwnLoader {
  private OwnLoader() {}

  static <T> T call(Supplier<T> body) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaProducer.class.getClassLoader());
    try {
      return body.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
