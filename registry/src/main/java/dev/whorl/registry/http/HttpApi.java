package dev.whorl.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.mqtt.Topic;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.registry.intake.Admission;
import dev.whorl.registry.intake.RefusalCounts;
import dev.whorl.registry.judge.Candidate;
import dev.whorl.registry.judge.Judge;
import dev.whorl.registry.settings.RegistrySettings;
import dev.whorl.registry.store.Printers;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry over HTTP. All but {@code /healthz} asks for a bearer token; answers are JSON, and
 * so are errors: {@code {"error": "..."}}.
 */
public final class HttpApi implements AutoCloseable {
  /** A fingerprint is 8 KB; whatever is larger is not one. */
  private static final long LARGEST_BODY_BYTES = 64 * 1024;

  private static final int THREADS = 16;
  private static final int MOST_FINGERPRINTS = 1000;
  private static final int USUAL_FINGERPRINTS = 100;
  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  private final RegistrySettings settings;
  private final Jdbi jdbi;
  private final Judge judge;
  private final RefusalCounts refusals;
  private final BooleanSupplier brokerConnected;
  private final InstantSource clock;
  private final ApiTokens tokens;
  private final Javalin javalin;

  /** Does not listen yet. */
  public HttpApi(
      RegistrySettings settings,
      Jdbi jdbi,
      Judge judge,
      RefusalCounts refusals,
      BooleanSupplier brokerConnected,
      InstantSource clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.judge = judge;
    this.refusals = refusals;
    this.brokerConnected = brokerConnected;
    this.clock = clock;
    this.tokens = new ApiTokens(settings.tokensFile());
    this.javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.maxRequestSize = LARGEST_BODY_BYTES;
              config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
              routes(config.routes);
            });
  }

  /**
   * Listens.
   *
   * @throws UserError when the address cannot be listened on
   */
  public void start() {
    try {
      javalin.start(settings.httpHost(), settings.httpPort());
    } catch (JavalinException e) {
      throw new UserError(
          ExitCode.NETWORK,
          "http.listen: cannot listen on "
              + settings.httpHost()
              + ":"
              + settings.httpPort()
              + "; is another registry running there?",
          e);
    }
    LOG.info("listening on http://{}:{}", settings.httpHost(), javalin.port());
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void routes(RoutesConfig routes) {
    routes.get("/healthz", this::health);
    routes.get("/api/printers", as(Role.VIEWER, this::printers));
    routes.get("/api/printers/{id}", as(Role.VIEWER, this::printer));
    routes.get("/api/printers/{id}/fingerprints", as(Role.VIEWER, this::fingerprints));
    routes.post("/api/printers/{id}/accept", as(Role.OPERATOR, this::accept));
    routes.post("/api/printers/{id}/reject", as(Role.OPERATOR, this::reject));
    routes.post("/api/identify", as(Role.VIEWER, this::identify));
    routes.exception(HttpError.class, (e, ctx) -> error(ctx, e.status, e.getMessage()));
    routes.exception(
        HttpResponseException.class, (e, ctx) -> error(ctx, e.getStatus(), e.getMessage()));
    routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
          error(ctx, 500, "the registry failed; its log says more");
        });
    routes.error(404, ctx -> error(ctx, 404, "there is nothing here"));
  }

  private Handler as(Role needed, Handler handler) {
    return ctx -> {
      String header = Optional.ofNullable(ctx.header("Authorization")).orElse("");
      Optional<Role> role =
          header.startsWith(BEARER)
              ? tokens.role(header.substring(BEARER.length()).strip())
              : Optional.empty();
      if (role.isEmpty()) {
        ctx.header("WWW-Authenticate", "Bearer");
        throw new HttpError(
            401, "a bearer token is needed; 'registry token api --role viewer' makes one");
      }
      if (!role.get().covers(needed)) {
        throw new HttpError(403, "this needs a token of role operator");
      }
      handler.handle(ctx);
    };
  }

  private void health(Context ctx) {
    ObjectNode node = JSON.createObjectNode();
    boolean connected = brokerConnected.getAsBoolean();
    jdbi.useHandle(db -> db.execute("SELECT 1"));
    node.put("status", connected ? "ok" : "no broker");
    node.set("refused", JSON.valueToTree(refusals.all()));
    ctx.status(connected ? 200 : 503);
    json(ctx, node);
  }

  private void printers(Context ctx) {
    json(ctx, jdbi.withHandle(PrinterJson::all));
  }

  private void printer(Context ctx) throws HttpError {
    String id = known(ctx);
    json(ctx, jdbi.withHandle(db -> PrinterJson.one(db, id)));
  }

  private void fingerprints(Context ctx) throws HttpError {
    String id = known(ctx);
    int limit = limit(ctx.queryParam("limit"));
    json(ctx, jdbi.withHandle(db -> PrinterJson.fingerprints(db, id, limit)));
  }

  private void accept(Context ctx) throws HttpError {
    decide(ctx, (db, id, key) -> Admission.accept(db, id, key, clock.instant()));
  }

  private void reject(Context ctx) throws HttpError {
    decide(ctx, (db, id, key) -> Admission.reject(db, id, key, clock.instant()));
  }

  private interface Decision {
    Object take(org.jdbi.v3.core.Handle db, String printer, @Nullable String keyId)
        throws Admission.Impossible;
  }

  private void decide(Context ctx, Decision decision) throws HttpError {
    String id = known(ctx);
    String key = ctx.queryParam("key");
    try {
      jdbi.<Object, Admission.Impossible>inTransaction(db -> decision.take(db, id, key));
    } catch (Admission.Impossible e) {
      throw new HttpError(e.isUnknown() ? 404 : 409, e.getMessage());
    }
    LOG.info("{}: {} by an operator over HTTP", id, ctx.path());
    json(ctx, jdbi.withHandle(db -> PrinterJson.one(db, id)));
  }

  private void identify(Context ctx) throws HttpError {
    byte[] body = ctx.bodyAsBytes();
    String type = Optional.ofNullable(ctx.contentType()).orElse("");
    if (type.contains("zip") || (body.length > 1 && body[0] == 'P' && body[1] == 'K')) {
      throw new HttpError(
          415,
          "a capture's zip is not taken here; 'whorl agent fingerprint' makes a fingerprint of it,"
              + " which is");
    }
    List<Candidate> candidates;
    try {
      candidates = judge.identify(FingerprintJson.read(body));
    } catch (FingerprintFormatException | IllegalArgumentException e) {
      throw new HttpError(400, String.valueOf(e.getMessage()));
    }
    ObjectNode node = JSON.createObjectNode();
    candidates.forEach(candidate -> node.withArray("candidates").add(candidate.toJson()));
    node.withArray("candidates");
    json(ctx, node);
  }

  private String known(Context ctx) throws HttpError {
    String id = ctx.pathParam("id");
    if (!Topic.PRINTER_ID.matcher(id).matches()
        || !jdbi.withHandle(db -> Printers.exists(db, id))) {
      throw new HttpError(404, "no such printer ever asked to be enrolled");
    }
    return id;
  }

  private static int limit(@Nullable String text) throws HttpError {
    if (text == null) {
      return USUAL_FINGERPRINTS;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_FINGERPRINTS) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // The same answer.
    }
    throw new HttpError(400, "limit must be between 1 and " + MOST_FINGERPRINTS);
  }

  private static void error(Context ctx, int status, @Nullable String message) {
    ctx.status(status);
    json(ctx, JSON.valueToTree(Map.of("error", message == null ? "" : message)));
  }

  private static void json(Context ctx, JsonNode node) {
    try {
      ctx.contentType("application/json").result(JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot fail to be written", e);
    }
  }

  /** Ends a request with a status and a line. */
  private static final class HttpError extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    HttpError(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }
  }
}
