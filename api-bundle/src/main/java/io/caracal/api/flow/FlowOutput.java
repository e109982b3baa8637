package io.caracal.api.flow;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Flow records on their way to one place, a file or a collector. Used by one thread. */
@ConsumerType
public interface FlowOutput extends AutoCloseable {
  /**
   * Writes every row of a batch.
   *
   * @param batch carries the views that {@link Format#open} was given; not kept
   * @throws IOException with a sentence for the operator
   */
  void write(FlowBatch batch) throws IOException;

  /**
   * Hands on what was written so far, where the format can do that before the end; called now and
   * then on a live link.
   *
   * @throws IOException with a sentence for the operator
   */
  default void flush() throws IOException {}

  /**
   * Writes what is pending and releases everything.
   *
   * @throws IOException with a sentence for the operator
   */
  @Override
  void close() throws IOException;

  /** One way to write flow records; the OSGi service. Thread-safe. */
  @ConsumerType
  interface Format {
    /**
     * The short name by which operators choose it.
     *
     * @return for example {@code csv}
     */
    String name();

    /**
     * What the names of its files end with, without the dot.
     *
     * @return for example {@code csv}; empty if it goes over the network instead of into a file
     */
    String extension();

    /**
     * The views that batches have to carry: those that the operator chose, or this format's own
     * choice, and what else the format computes.
     *
     * @param chosen the views that the operator named; empty if none was named
     * @param installed every view there is
     * @return in the order of the columns
     * @throws IllegalArgumentException with a sentence for the operator if the choice does not fit
     */
    List<View> views(List<View> chosen, List<View> installed);

    /**
     * Whether a reader can tell a checkpoint from the end of a flow.
     *
     * @param views what {@link #views} returned
     * @return false if only ends of flows may be written
     */
    boolean marksCheckpoints(List<View> views);

    /**
     * Begins a file, replacing one of the same name, or opens the way to a collector.
     *
     * @param destination path of the file, or the collector as {@code NAME://HOST:PORT}
     * @param views what {@link #views} returned
     * @param flows the settings that the flows were made with
     * @return takes the records
     * @throws IOException with a sentence for the operator
     * @throws IllegalArgumentException with a sentence for the operator if the destination is none
     */
    FlowOutput open(String destination, List<View> views, FlowSettings flows) throws IOException;
  }
}
