package dev.whorl.bench.feature;

import org.ejml.simple.SimpleMatrix;

/** Linear regression towards a guess, for inputs that many outputs share. */
final class Ridge {
  private final double[][] squares;
  private final double[] products;

  Ridge(int inputs) {
    squares = new double[inputs][inputs];
    products = new double[inputs];
  }

  /** One observation: output over inputs, with a weight. */
  void add(double[] inputs, double output, double weight) {
    for (int i = 0; i < inputs.length; i++) {
      double wx = weight * inputs[i];
      if (wx != 0) {
        products[i] += wx * output;
        for (int j = 0; j < inputs.length; j++) {
          squares[i][j] += wx * inputs[j];
        }
      }
    }
  }

  /** Coefficients; {@code precision} (an inverse variance) is how firmly each is held. */
  double[] solve(double[] guess, double[] precision) {
    int n = products.length;
    SimpleMatrix a = new SimpleMatrix(squares);
    SimpleMatrix b = new SimpleMatrix(n, 1);
    for (int i = 0; i < n; i++) {
      a.set(i, i, a.get(i, i) + precision[i]);
      b.set(i, 0, products[i] + precision[i] * guess[i]);
    }
    SimpleMatrix x = a.solve(b);
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = x.get(i, 0);
    }
    return out;
  }
}
