package io.caracal.alert.kafka.internal;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the operator is told when Kafka does not take records. */
final class Refusal {
  private Refusal() {}

  static String sentence(KafkaSettings settings, Throwable cause) {
    return "Kafka at "
        + settings.servers()
        + " did not take events for the topic "
        + settings.topic()
        + ": "
        + String.valueOf(cause.getMessage()).replaceFirst("\\.$", "")
        + remedy(cause);
  }

  private static String remedy(Throwable cause) {
    return switch (cause) {
      case AuthenticationException e ->
          "; check the credentials and certificates in the file of kafka.properties";
      case AuthorizationException e -> "; allow this user to write to the topic, idempotently";
      case RecordTooLargeException e ->
          "; raise max.request.size in the file of kafka.properties and max.message.bytes of the"
              + " topic";
      case InvalidTopicException e -> "; choose another name in kafka.topic";
      case UnknownTopicOrPartitionException e -> "; create the topic, or check kafka.topic";
      case TimeoutException e -> "; see that the servers are up and the topic exists";
      default -> "";
    };
  }
}
