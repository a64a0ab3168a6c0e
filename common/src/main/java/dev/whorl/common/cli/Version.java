package dev.whorl.common.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the jar's manifest. */
public final class Version implements IVersionProvider {
  /** The version, or {@code development} where the classes do not come from a jar of ours. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"whorl " + current()};
  }
}
