package dev.whorl.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whorl.common.cli.UserError;
import dev.whorl.common.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttSettingsTest {
  @TempDir Path folder;

  private SettingsReader reader(String text) throws IOException {
    return SettingsReader.read(Files.writeString(folder.resolve("a.toml"), "[mqtt]\n" + text));
  }

  @Test
  void shouldReadABrokerWithCertificates() throws IOException {
    for (String name : new String[] {"ca.pem", "c.pem", "c.key"}) {
      Files.writeString(folder.resolve(name), "");
    }
    SettingsReader reader =
        reader("url = \"ssl://b:8883\"\nca = \"ca.pem\"\ncert = \"c.pem\"\nkey = \"c.key\"\n");
    MqttSettings settings = MqttSettings.read(reader.table("mqtt"));
    reader.finish();
    assertThat(settings.key()).isEqualTo(folder.resolve("c.key"));
  }

  @Test
  void shouldRefuseWhatCannotWork() throws IOException {
    SettingsReader reader =
        reader("url = \"mqtt://b\"\nca = \"no.pem\"\ncert = \"no.pem\"\npassword_file = \"no\"\n");
    MqttSettings.read(reader.table("mqtt"));
    UserError error = catchThrowableOfType(UserError.class, reader::finish);
    assertThat(error.getMessage().lines())
        .anyMatch(line -> line.contains(":2: mqtt.url: must be tcp://host:port"))
        .anyMatch(line -> line.contains(":3: mqtt.ca: there is no readable file"))
        .anyMatch(line -> line.contains(": mqtt.key: cert and key must be set together"))
        .anyMatch(line -> line.contains(":5: mqtt.password_file: needs username too"));
  }
}
