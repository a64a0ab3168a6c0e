package dev.whorl.agent.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Speaks to the agent that holds a state folder on this machine. */
public final class ControlClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String base;
  private final String token;
  private final StateLock.Holder holder;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();

  private ControlClient(StateLock.Holder holder, InetSocketAddress address, String token) {
    this.holder = holder;
    this.base = "http://" + address.getHostString() + ":" + address.getPort();
    this.token = token;
  }

  /**
   * A client of the holder.
   *
   * @throws UserError when the holder takes no questions
   */
  public static ControlClient of(Path stateDir) {
    StateLock.Holder holder = StateLock.holder(stateDir);
    InetSocketAddress address = holder.http();
    if (address == null) {
      throw UserError.usage(
          stateDir
              + " is in use by `whorl agent "
              + holder.verb()
              + "`, process "
              + holder.pid()
              + ", which takes no questions now; try again, or stop it");
    }
    return new ControlClient(holder, address, ControlToken.read(stateDir));
  }

  public StateLock.Holder holder() {
    return holder;
  }

  /** What the agent is doing. */
  public JsonNode status() throws InterruptedException {
    return call("GET", "status").body();
  }

  /**
   * Asks for one of {@code enroll}, {@code clear-bed}, {@code cool}, {@code abort}.
   *
   * @throws UserError with the agent's reason when it will not
   */
  public void command(String verb) throws InterruptedException {
    Answer answer = call("POST", verb);
    if (answer.code() != 202) {
      throw new UserError(
          ExitCode.NO, verb + ": " + answer.body().path("reason").asText("refused"));
    }
  }

  private record Answer(int code, JsonNode body) {}

  private Answer call(String method, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json.readTree(response.body()));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          "the agent, process " + holder.pid() + ", does not answer at " + base + ": " + e,
          e);
    }
  }
}
