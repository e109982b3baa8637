/** What the sensor computes: its flow-row tables, and the child process that writes them. */
@NullMarked
package io.caracal.trainer.rows;

import org.jspecify.annotations.NullMarked;
