package dev.whorl.fingerprint.template;

/**
 * No walk at all: what drifts so fast that only the latest counts, and says so little about who it
 * is that nobody needs to be kept from leading it away. On real printers the latest spectrum and
 * the latest mesh told far better than the first.
 */
final class Latest<C> implements Walk<C> {
  @Override
  public C settled(C measured) {
    return measured;
  }

  @Override
  public C grown(C state, double years) {
    return state;
  }

  @Override
  public C updated(C state, C settled) {
    return settled;
  }

  @Override
  public double walked(C state, C start, double years) {
    return 0;
  }
}
