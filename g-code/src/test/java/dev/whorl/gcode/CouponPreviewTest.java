package dev.whorl.gcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CouponPreviewTest {
  @Test
  void shouldDrawEveryKindOfFeature() throws IOException {
    for (CouponProfile profile : new CouponProfile[] {Profiles.cartesian(), Profiles.corexy()}) {
      Slots.Slot slot = Slots.defaults(profile).get(7);
      Program program = Coupon.standard1(profile).program(slot.xMm(), slot.yMm());
      byte[] png = CouponPreview.png(profile, program);
      Files.write(Path.of("target", "preview-" + profile.kinematics().label() + ".png"), png);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image.getWidth()).isGreaterThan(1000);
      Set<Integer> colours = new HashSet<>();
      for (int x = 0; x < image.getWidth(); x++) {
        for (int y = 0; y < image.getHeight(); y++) {
          colours.add(image.getRGB(x, y) & 0xffffff);
        }
      }
      assertThat(colours)
          .contains(0x333333, 0x56b4e9, 0x0072b2, 0x009e73, 0xd55e00, 0xf0d99a, 0xcc79a7);
    }
  }
}
