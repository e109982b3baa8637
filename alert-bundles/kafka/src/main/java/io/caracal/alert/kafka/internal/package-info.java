/** Events as records of a Kafka topic. */
@NullMarked
package io.caracal.alert.kafka.internal;

import org.jspecify.annotations.NullMarked;
