package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.trace.NormalEquations;
import org.jspecify.annotations.Nullable;

/** One observation under way: what was seen, and how much of each unknown is in it. */
final class SampleRow {
  final int[] unknowns;
  final double[] factors;

  /** Where an unknown stands in the lists, plus one; 0 where it does not. */
  private final int[] places;

  int count;
  double value;

  SampleRow(int size) {
    unknowns = new int[size];
    factors = new double[size];
    places = new int[size];
  }

  void clear(double observed) {
    for (int i = 0; i < count; i++) {
      places[unknowns[i]] = 0;
    }
    count = 0;
    value = observed;
  }

  void add(int unknown, double factor) {
    if (factor == 0) {
      return;
    }
    int place = places[unknown];
    if (place > 0) {
      factors[place - 1] += factor;
      return;
    }
    unknowns[count] = unknown;
    factors[count++] = factor;
    places[unknown] = count;
  }

  void add(SampleRow other, double times) {
    for (int i = 0; i < other.count; i++) {
      add(other.unknowns[i], times * other.factors[i]);
    }
  }

  double dot(NormalEquations.Solution solution, int below) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      if (unknowns[i] < below) {
        sum += factors[i] * solution.values()[unknowns[i]];
      }
    }
    return sum;
  }

  /** Huber: beyond three standard deviations weight falls off. */
  double weight(NormalEquations.@Nullable Solution before, double own, double sd) {
    double weight = 1 / (sd * sd);
    if (before == null) {
      return weight;
    }
    double r = Math.abs(value - own - dot(before, Integer.MAX_VALUE)) / sd;
    return r > 3 ? weight * 3 / r : weight;
  }
}
