package dev.whorl.agent.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whorl.agent.uplink.CommandTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the other verbs of the command line, on a loopback address: {@code GET /status}, {@code
 * POST /enroll}, {@code /abort}, {@code /clear-bed}, {@code /cool}. Thread: {@code control}.
 */
final class ControlServer implements AutoCloseable {
  private static final int WAITING = 8;

  private final HttpServer server;
  private final ThreadPoolExecutor executor;
  private final byte[] authorization;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param status what {@code /status} says
   * @param target carries out the rest
   */
  ControlServer(
      InetSocketAddress address, String token, Supplier<ObjectNode> status, CommandTarget target)
      throws IOException {
    authorization = ("Bearer " + token).getBytes(StandardCharsets.US_ASCII);
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "control");
              thread.setDaemon(true);
              return thread;
            });
    server = HttpServer.create(address, WAITING);
    server.setExecutor(executor);
    server.createContext(
        "/status", exchange -> answer(exchange, "GET", () -> reply(200, status.get())));
    command("/enroll", target::enroll);
    command("/clear-bed", target::clearBed);
    command("/cool", target::cool);
    command("/abort", target::abort);
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private record Reply(int code, ObjectNode body) {}

  private static Reply reply(int code, ObjectNode body) {
    return new Reply(code, body);
  }

  private void command(String path, Function<String, @Nullable String> command) {
    server.createContext(
        path,
        exchange ->
            answer(
                exchange,
                "POST",
                () -> {
                  String refusal = command.apply("the keyboard");
                  ObjectNode body = json.createObjectNode();
                  body.put("ok", refusal == null).put("reason", refusal == null ? "" : refusal);
                  return reply(refusal == null ? 202 : 409, body);
                }));
  }

  private void answer(HttpExchange exchange, String method, Supplier<Reply> work)
      throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      Reply reply;
      if (given == null
          || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
        reply = reply(401, json.createObjectNode().put("reason", "no token"));
      } else if (!exchange.getRequestMethod().equals(method)) {
        reply = reply(405, json.createObjectNode().put("reason", "use " + method));
      } else {
        reply = work.get();
      }
      byte[] bytes = json.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.code(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
