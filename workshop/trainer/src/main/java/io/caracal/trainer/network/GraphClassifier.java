package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import java.util.List;

/**
 * A graph network that classifies an edge, a flow between two hosts. One network makes a message of
 * every neighbour of a host, the mean of the messages and the host's own columns make its embedding
 * (GraphSAGE, Hamilton et al. <a href="https://arxiv.org/abs/1706.02216">2017</a>), and the
 * embeddings of both ends and the columns of the flow itself, if it reads any, its class
 * (E-GraphSAGE, Lo et al. <a href="https://arxiv.org/abs/2103.16329">2022</a>). An empty place of a
 * neighbour says so in its columns and has a message of its own.
 */
public final class GraphClassifier extends FlatClassifier {
  private static final long ENDS = 2;

  private final Settings settings;
  private final Stack message;

  /**
   * Hyper-parameters. The columns of each end stand first, those of the flow last.
   *
   * @param own columns of an end itself
   * @param neighbours places of neighbours of an end
   * @param neighbourColumns columns of each of them
   * @param hidden width of messages and embeddings
   * @param noise standard deviation of noise on the normalised columns while training
   * @param labelSmoothing share of the target spread over all classes
   */
  public record Settings(
      int own,
      int neighbours,
      int neighbourColumns,
      int hidden,
      double noise,
      double labelSmoothing) {
    int end() {
      return own + neighbours * neighbourColumns;
    }
  }

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param attackClasses classes besides benign
   * @param seed of the weights
   * @throws TrainerException if there are fewer columns than two ends have
   */
  public GraphClassifier(FlatInput input, Settings settings, int attackClasses, long seed) {
    super(
        "graph-classifier",
        input,
        new Noise(settings.noise(), settings.labelSmoothing()),
        attackClasses,
        seed);
    this.settings = settings;
    if (flowColumns() < 0) {
      throw new TrainerException(
          "a graph network of these settings reads "
              + ENDS * settings.end()
              + " columns of two hosts, but there are "
              + columns()
              + ": name the view graph first and exclude none of its columns");
    }
    int hidden = settings.hidden();
    message =
        Stack.of(parameters(), "message", List.of(settings.neighbourColumns(), hidden, hidden));
    parameters().layer("own", hidden, settings.own());
    parameters().layer("neighbours", hidden, hidden);
    parameters().layer("ends", hidden, ENDS * hidden);
    if (flowColumns() > 0) {
      parameters().layer("flow", hidden, flowColumns());
    }
    parameters().layer("classes", classes(), hidden);
  }

  private long flowColumns() {
    return columns() - ENDS * settings.end();
  }

  @Override
  <V> V logits(Operations<V> on, V x) {
    int hidden = settings.hidden();
    int around = settings.neighbours() * settings.neighbourColumns();
    V hosts = on.folded(on.columns(x, 0, ENDS * settings.end()), settings.end());
    V neighbours =
        on.folded(on.columns(hosts, settings.own(), around), settings.neighbourColumns());
    V messages =
        on.averaged(on.leaky(message.apply(on, neighbours)), settings.neighbours(), hidden);
    V embedded =
        on.leaky(
            on.add(
                on.dense("own", on.columns(hosts, 0, settings.own())),
                on.dense("neighbours", messages)));
    V edge = on.dense("ends", on.folded(embedded, ENDS * hidden));
    if (flowColumns() > 0) {
      V flow = on.columns(x, ENDS * settings.end(), flowColumns());
      edge = on.add(edge, on.dense("flow", flow));
    }
    return on.dense("classes", on.leaky(edge));
  }
}
