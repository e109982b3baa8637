package io.caracal.api.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flows as columns: identity and times in arrays, and for each view one direct buffer of float32,
 * row-major, that goes to an engine without a copy. Owned by one thread; reused after {@link
 * #clear}. Detectors read, only the host writes.
 */
public final class FlowBatch {
  private final List<FeatureView> views;
  private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
  private final FlowIdentity[] identities;
  private final long[] flowIds;
  private final long[] startNanos;
  private final long[] lastNanos;
  private final EndReason[] reasons;
  private final int[] checkpoints;
  private final long[] forwardPackets;
  private final long[] backwardPackets;
  private final long[] forwardBytes;
  private final long[] backwardBytes;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity most flows, at least 1
   * @param views the views to compute for every flow
   */
  public FlowBatch(int capacity, List<FeatureView> views) {
    this.views = List.copyOf(views);
    for (FeatureView view : views) {
      int floats = Math.multiplyExact(capacity, view.description().width());
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES));
      buffers.put(view.description().name(), bytes.order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
    identities = new FlowIdentity[capacity];
    flowIds = new long[capacity];
    startNanos = new long[capacity];
    lastNanos = new long[capacity];
    reasons = new EndReason[capacity];
    checkpoints = new int[capacity];
    forwardPackets = new long[capacity];
    backwardPackets = new long[capacity];
    forwardBytes = new long[capacity];
    backwardBytes = new long[capacity];
  }

  /**
   * Adds a flow; the record is not kept.
   *
   * @param flow the record
   * @throws IndexOutOfBoundsException if the batch is {@linkplain #full full}
   */
  public void add(FlowRecord flow) {
    int row = size;
    identities[row] = flow.identity();
    flowIds[row] = flow.flowId();
    startNanos[row] = flow.startNanos();
    lastNanos[row] = flow.lastNanos();
    reasons[row] = flow.reason();
    checkpoints[row] = flow.checkpoint();
    forwardPackets[row] = flow.forward().packets();
    backwardPackets[row] = flow.backward().packets();
    forwardBytes[row] = flow.forward().ipBytes();
    backwardBytes[row] = flow.backward().ipBytes();
    for (FeatureView view : views) {
      ViewDescription description = view.description();
      view.write(flow, buffers.get(description.name()), row * description.width());
    }
    size = row + 1;
  }

  /**
   * Copies one row of another batch of the same views, identity and all columns; used to vary
   * single columns when a judgement is explained.
   *
   * @param other the batch to copy from
   * @param row its row
   */
  public void addFrom(FlowBatch other, int row) {
    int to = size;
    identities[to] = other.identities[row];
    flowIds[to] = other.flowIds[row];
    startNanos[to] = other.startNanos[row];
    lastNanos[to] = other.lastNanos[row];
    reasons[to] = other.reasons[row];
    checkpoints[to] = other.checkpoints[row];
    forwardPackets[to] = other.forwardPackets[row];
    backwardPackets[to] = other.backwardPackets[row];
    forwardBytes[to] = other.forwardBytes[row];
    backwardBytes[to] = other.backwardBytes[row];
    for (FeatureView view : views) {
      int width = view.description().width();
      String name = view.description().name();
      buffers.get(name).put(to * width, other.buffers.get(name), row * width, width);
    }
    size = to + 1;
  }

  /**
   * Adds a flow by its columns instead of its record: golden vectors, rows read from a table. Its
   * times and bytes are 0 and it counts as ended by the end of the capture.
   *
   * @param identity who talks to whom
   * @param forwardPackets the initiator's packets
   * @param backwardPackets the responder's packets
   * @param columns for the name of every view of the batch one row, flattened row-major; further
   *     names are ignored
   * @throws IllegalArgumentException if a view's row is missing or of the wrong width
   */
  public void addRow(
      FlowIdentity identity,
      long forwardPackets,
      long backwardPackets,
      Map<String, float[]> columns) {
    int to = size;
    for (FeatureView view : views) {
      ViewDescription description = view.description();
      float[] row = columns.get(description.name());
      if (row == null || row.length != description.width()) {
        throw new IllegalArgumentException(
            "view "
                + description.name()
                + " has "
                + description.width()
                + " columns but the row "
                + (row == null ? "is missing" : "has " + row.length));
      }
      buffers.get(description.name()).put(to * row.length, row);
    }
    identities[to] = identity;
    flowIds[to] = to;
    startNanos[to] = 0;
    lastNanos[to] = 0;
    reasons[to] = EndReason.END_OF_CAPTURE;
    checkpoints[to] = 0;
    this.forwardPackets[to] = forwardPackets;
    this.backwardPackets[to] = backwardPackets;
    forwardBytes[to] = 0;
    backwardBytes[to] = 0;
    size = to + 1;
  }

  /** Makes the batch empty again. */
  public void clear() {
    size = 0;
  }

  /**
   * Flows in the batch.
   *
   * @return 0 to {@link #capacity}
   */
  public int size() {
    return size;
  }

  /**
   * Most flows.
   *
   * @return at least 1
   */
  public int capacity() {
    return flowIds.length;
  }

  /**
   * Whether there is no room left.
   *
   * @return true if size equals capacity
   */
  public boolean full() {
    return size == flowIds.length;
  }

  /**
   * The views that this batch carries.
   *
   * @return in the order given
   */
  public List<FeatureView> views() {
    return views;
  }

  /**
   * One view's rows.
   *
   * @param name name of the view
   * @return the direct buffer, native order, {@code capacity * width} floats of which the first
   *     {@code size * width} count; shared, so use absolute access or a duplicate
   * @throws IllegalArgumentException if the batch does not carry the view
   */
  public FloatBuffer view(String name) {
    FloatBuffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "the batch carries the views " + buffers.keySet() + ", not " + name);
    }
    return buffer;
  }

  /**
   * Who talks to whom.
   *
   * @param row 0 to size - 1
   * @return a value that may be kept
   */
  public FlowIdentity identity(int row) {
    return identities[row];
  }

  /**
   * See {@link FlowRecord#flowId}.
   *
   * @param row 0 to size - 1
   * @return the number
   */
  public long flowId(int row) {
    return flowIds[row];
  }

  /**
   * See {@link FlowRecord#startNanos}.
   *
   * @param row 0 to size - 1
   * @return nanoseconds since 1970-01-01 UTC
   */
  public long startNanos(int row) {
    return startNanos[row];
  }

  /**
   * See {@link FlowRecord#lastNanos}.
   *
   * @param row 0 to size - 1
   * @return nanoseconds since 1970-01-01 UTC
   */
  public long lastNanos(int row) {
    return lastNanos[row];
  }

  /**
   * See {@link FlowRecord#reason}.
   *
   * @param row 0 to size - 1
   * @return why the row was written
   */
  public EndReason reason(int row) {
    return reasons[row];
  }

  /**
   * See {@link FlowRecord#checkpoint}.
   *
   * @param row 0 to size - 1
   * @return number of the checkpoint
   */
  public int checkpoint(int row) {
    return checkpoints[row];
  }

  /**
   * The initiator's packets.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long forwardPackets(int row) {
    return forwardPackets[row];
  }

  /**
   * The responder's packets.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long backwardPackets(int row) {
    return backwardPackets[row];
  }

  /**
   * The initiator's IP bytes.
   *
   * @param row 0 to size - 1
   * @return bytes
   */
  public long forwardBytes(int row) {
    return forwardBytes[row];
  }

  /**
   * The responder's IP bytes.
   *
   * @param row 0 to size - 1
   * @return bytes
   */
  public long backwardBytes(int row) {
    return backwardBytes[row];
  }

  /**
   * Packets of both directions.
   *
   * @param row 0 to size - 1
   * @return count
   */
  public long packets(int row) {
    return forwardPackets[row] + backwardPackets[row];
  }
}
