package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import java.util.Arrays;
import java.util.Random;

/**
 * Lloyd's algorithm from centres that are drawn far apart (k-means++, Arthur and Vassilvitskii
 * 2007).
 */
final class Kmeans {
  private static final int ITERATIONS = 30;

  private final int width;

  /** Clusters points of some width. */
  Kmeans(int width) {
    this.width = width;
  }

  /**
   * Finds centres.
   *
   * @param points one after the other
   * @param count how many centres
   * @param seed of the first centres
   * @return the centres, one after the other
   * @throws TrainerException if there are fewer points than centres
   */
  float[] centres(float[] points, int count, long seed) {
    int size = points.length / width;
    if (size < count) {
      throw new TrainerException(
          size + " flows cannot make " + count + " clusters: lower clusters or give more data");
    }
    float[] centres = farApart(points, count, new Random(seed));
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] sums = new double[centres.length];
      int[] members = new int[count];
      for (int point = 0; point < size; point++) {
        int nearest = nearest(points, point, centres, count);
        members[nearest]++;
        for (int i = 0; i < width; i++) {
          sums[nearest * width + i] += points[point * width + i];
        }
      }
      for (int i = 0; i < centres.length; i++) {
        int cluster = i / width;
        centres[i] = members[cluster] == 0 ? centres[i] : (float) (sums[i] / members[cluster]);
      }
    }
    return centres;
  }

  private float[] farApart(float[] points, int count, Random random) {
    int size = points.length / width;
    float[] centres = new float[count * width];
    double[] distance = new double[size];
    Arrays.fill(distance, Double.MAX_VALUE);
    int chosen = random.nextInt(size);
    for (int centre = 0; centre < count; centre++) {
      System.arraycopy(points, chosen * width, centres, centre * width, width);
      double sum = 0;
      for (int point = 0; point < size; point++) {
        distance[point] = Math.min(distance[point], distance(points, point, centres, centre));
        sum += distance[point];
      }
      double left = random.nextDouble() * sum;
      for (chosen = 0; chosen < size - 1 && left >= distance[chosen]; chosen++) {
        left -= distance[chosen];
      }
    }
    return centres;
  }

  private int nearest(float[] points, int point, float[] centres, int count) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int centre = 0; centre < count; centre++) {
      double distance = distance(points, point, centres, centre);
      if (distance < least) {
        least = distance;
        nearest = centre;
      }
    }
    return nearest;
  }

  private double distance(float[] points, int point, float[] centres, int centre) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double difference = points[point * width + i] - centres[centre * width + i];
      sum += difference * difference;
    }
    return sum;
  }
}
