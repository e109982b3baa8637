package io.caracal.trainer.ensemble;

import java.util.Arrays;

/**
 * Weighted logistic regression with a ridge, by Newton's method: no step size, no randomness. The
 * last coefficient is the constant, which the ridge leaves alone.
 */
final class LogisticFit {
  private static final int ITERATIONS = 100;
  private static final double CONVERGED = 1e-10;

  private LogisticFit() {}

  /**
   * Fits.
   *
   * @param features row by row, without the constant
   * @param positive whether each row is positive
   * @param weights what each row counts
   * @param ridge penalty on squared coefficients, relative to the mean log-likelihood
   * @param fixed coefficients that stay 0
   * @return one coefficient per feature, and the constant
   */
  static double[] fit(
      double[][] features, boolean[] positive, double[] weights, double ridge, boolean[] fixed) {
    int width = fixed.length + 1;
    double total = Arrays.stream(weights).sum();
    double[] beta = new double[width];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] gradient = new double[width];
      double[][] hessian = new double[width][width];
      for (int i = 0; i < features.length; i++) {
        double[] x = Arrays.copyOf(features[i], width);
        x[width - 1] = 1;
        double p = 1 / (1 + Math.exp(-dot(beta, x)));
        double error = weights[i] / total * ((positive[i] ? 1 : 0) - p);
        double curvature = weights[i] / total * p * (1 - p);
        for (int a = 0; a < width; a++) {
          gradient[a] += error * x[a];
          for (int b = 0; b <= a; b++) {
            hessian[a][b] += curvature * x[a] * x[b];
          }
        }
      }
      restrict(gradient, hessian, beta, ridge, fixed);
      double[] step = solve(hessian, gradient);
      double largest = 0;
      for (int a = 0; a < width; a++) {
        // Newton overshoots where the classes separate well: bound the step.
        step[a] = Math.clamp(step[a], -2, 2);
        beta[a] += step[a];
        largest = Math.max(largest, Math.abs(step[a]));
      }
      if (largest < CONVERGED) {
        break;
      }
    }
    return beta;
  }

  private static void restrict(
      double[] gradient, double[][] hessian, double[] beta, double ridge, boolean[] fixed) {
    int width = gradient.length;
    for (int a = 0; a < width; a++) {
      for (int b = a + 1; b < width; b++) {
        hessian[a][b] = hessian[b][a];
      }
    }
    for (int a = 0; a < width; a++) {
      if (a < fixed.length) {
        gradient[a] -= ridge * beta[a];
        hessian[a][a] += ridge;
        if (fixed[a]) {
          Arrays.fill(hessian[a], 0);
          for (double[] row : hessian) {
            row[a] = 0;
          }
          hessian[a][a] = 1;
          gradient[a] = 0;
        }
      } else {
        hessian[a][a] += 1e-12;
      }
    }
  }

  /** Gaussian elimination with partial pivoting. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      double[] swappedRow = matrix[column];
      matrix[column] = matrix[pivot];
      matrix[pivot] = swappedRow;
      double swapped = right[column];
      right[column] = right[pivot];
      right[pivot] = swapped;
      for (int row = column + 1; row < n; row++) {
        double factor = matrix[row][column] / matrix[column][column];
        for (int k = column; k < n; k++) {
          matrix[row][k] -= factor * matrix[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    double[] solution = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = right[row];
      for (int k = row + 1; k < n; k++) {
        sum -= matrix[row][k] * solution[k];
      }
      solution[row] = sum / matrix[row][row];
    }
    return solution;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
