package dev.whorl.hardware.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpLineTest {

  private ServerSocket server;
  private String address;

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    address = "tcp://127.0.0.1:" + server.getLocalPort();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void shouldCarryBytesBothWays() throws Exception {
    try (SerialLine line = SerialLines.open(address, 115200);
        Socket far = server.accept()) {
      line.setBaud(250000);
      line.write("xM105\n".getBytes(US_ASCII), 1, 5);
      assertThat(far.getInputStream().readNBytes(5)).asString().isEqualTo("M105\n");

      byte[] buffer = new byte[16];
      assertThat(line.read(buffer, 10)).isZero();
      far.getOutputStream().write("ok\n".getBytes(US_ASCII));
      await().until(() -> line.read(buffer, 50) == 3);
      assertThat(new String(buffer, 0, 3, US_ASCII)).isEqualTo("ok\n");
    }
  }

  @Test
  void shouldTellWhenTheFarEndHangsUp() throws Exception {
    try (SerialLine line = SerialLines.open(address, 115200)) {
      server.accept().close();
      assertThatThrownBy(() -> line.read(new byte[16], 5000))
          .isInstanceOf(LineLostException.class)
          .hasMessageContaining(address);
    }
  }

  @Test
  void shouldEndAReadWhenClosedFromAnotherThread() throws Exception {
    SerialLine line = SerialLines.open(address, 115200);
    Thread closer = new Thread(line::close);
    closer.start();
    assertThatThrownBy(
            () -> {
              while (true) {
                line.read(new byte[16], 100);
              }
            })
        .isInstanceOf(LineLostException.class);
    closer.join();
  }

  @Test
  void shouldSayWhereNobodyListens() throws Exception {
    server.close();
    assertThatThrownBy(() -> SerialLines.open(address, 115200))
        .isInstanceOf(HardwareException.class)
        .hasMessageStartingWith(address + ": cannot connect")
        .hasMessageEndingWith("is ser2net running there?");
  }

  @Test
  void shouldRefuseAnAddressWithoutHostOrPort() {
    for (String bad :
        new String[] {
          "tcp://", "tcp://host", "tcp://:23", "tcp://host:0", "tcp://h:99999", "tcp://h:x"
        }) {
      assertThatThrownBy(() -> SerialLines.open(bad, 115200))
          .isInstanceOf(HardwareException.class)
          .hasMessage(bad + ": not of the form tcp://host:port");
    }
  }
}
