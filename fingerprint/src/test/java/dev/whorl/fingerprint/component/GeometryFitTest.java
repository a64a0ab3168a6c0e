package dev.whorl.fingerprint.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.surface.Registration.AffineResidue;
import org.junit.jupiter.api.Test;

class GeometryFitTest {
  private static final FittedAxes.Affine BEADS =
      new FittedAxes.Affine(0.5, 0.3, -0.25, 0.4, 1.5, 0.2);

  @Test
  void shouldAddWhatBeadsTellToWhatRegistrationFound() {
    GeometryComponent geometry =
        GeometryFit.fit(BEADS, new AffineResidue(1e-3, 2e-3, -1e-3, 5e-4, true));

    assertThat(geometry.skewMrad()).isCloseTo(0.5, within(1e-9));
    assertThat(geometry.scaleXPpm()).isCloseTo(1500.0, within(1e-6));
    assertThat(geometry.scaleYPpm()).isCloseTo(1750.0, within(1e-6));
  }

  @Test
  void shouldNotBeSurerThanACameraAllows() {
    FittedAxes.Affine sure = new FittedAxes.Affine(0, 1e-4, 0, 1e-4, 0, 1e-4);
    GeometryComponent geometry = GeometryFit.fit(sure, new AffineResidue(0, 0, 0, 1e-9, true));

    assertThat(geometry.skewSeMrad()).isCloseTo(0.1, within(0.01));
    assertThat(geometry.scaleXSePpm()).isCloseTo(2000.0, within(10.0));
    assertThat(geometry.scaleYSePpm()).isCloseTo(2000.0, within(10.0));
  }

  @Test
  void shouldSayNothingWhereTheCameraIsNotCalibratedOrNothingWasTraced() {
    assertThat(GeometryFit.fit(BEADS, new AffineResidue(0, 0, 0, 1e-4, false))).isNull();
    assertThat(GeometryFit.fit(null, new AffineResidue(0, 0, 0, 1e-4, true))).isNull();
  }
}
