package dev.whorl.common.mqtt;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the broker that comes back by itself. Sessions are clean: nothing is kept over a
 * loss but the subscriptions, since whatever must not be lost waits in an outbox for its receipt,
 * and an old command is better not carried out. Paho's own reconnect is off, because it never tries
 * a failed first connect again.
 *
 * <p>Threads: {@code mqtt-link} connects, {@code mqtt-in} runs the handler, one message at a time;
 * Paho has its own. Publishing may be done from any thread and never blocks.
 */
public final class BrokerLink implements AutoCloseable {
  /** For thin links: TLS over a bad mobile network takes minutes. */
  private static final int CONNECT_TIMEOUT_S = 180;

  private static final int KEEP_ALIVE_S = 120;

  /** Unacknowledged publications of ours at a time. */
  private static final int WINDOW = 5;

  /** Paho's own limit, which must never be met: it throws right after a resume otherwise. */
  private static final int PAHO_MAX_IN_FLIGHT = 100;

  private static final int MAX_WAITING_OUT = 256;
  private static final int MAX_WAITING_IN = 256;
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Given to publications under way when closing. */
  private static final long QUIESCE_MS = 500;

  /** A connection that lived this long was a good one; shorter ones keep the waits growing. */
  private static final Duration GOOD_CONNECTION = Duration.ofSeconds(60);

  /** What SUBACK says instead of a QoS (MQTT 3.1.1, 3.9.3). */
  private static final int SUBSCRIPTION_REFUSED = 0x80;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  private record Publication(
      String topic, byte[] payload, int qos, boolean retained, CompletableFuture<Void> done) {}

  private final MqttSettings settings;
  private final String clientId;
  private final @Nullable Will will;
  private final Consumer<Message> handler;
  private final Backoff backoff;
  private final Map<String, Integer> subscriptions = new ConcurrentHashMap<>();
  private final BlockingQueue<Message> incoming = new ArrayBlockingQueue<>(MAX_WAITING_IN);
  private final AtomicLong droppedIn = new AtomicLong();
  private final Thread linkThread = new Thread(this::keepConnected, "mqtt-link");
  private final Thread handlerThread = new Thread(this::handleIncoming, "mqtt-in");
  private volatile Runnable connectedListener = () -> {};
  private volatile @Nullable MqttConnectOptions options;
  private volatile boolean closed;

  // Of one connection; guarded by this.
  private final Queue<Publication> waiting = new ArrayDeque<>();
  private int inFlight;
  private @Nullable Connection connection;

  /** One client and what is known to be in flight on it. */
  private static final class Connection {
    final MqttAsyncClient client;
    final CountDownLatch lost = new CountDownLatch(1);
    final Set<Publication> inFlight = new HashSet<>();

    Connection(MqttAsyncClient client) {
      this.client = client;
    }
  }

  /**
   * @param clientId unique at the broker; a second one of the same name throws the first out
   * @param handler gets what arrives, on {@code mqtt-in}; what it throws is logged
   * @param random spreads the waits
   */
  public BrokerLink(
      MqttSettings settings,
      String clientId,
      @Nullable Will will,
      Consumer<Message> handler,
      RandomGenerator random) {
    this.settings = settings;
    this.clientId = clientId;
    this.will = will;
    this.handler = handler;
    this.backoff = new Backoff(random);
    linkThread.setDaemon(true);
    handlerThread.setDaemon(true);
  }

  /** What to run, on {@code mqtt-link}, after every connect, when subscriptions are in place. */
  public void onConnected(Runnable listener) {
    connectedListener = listener;
  }

  /** Subscribes from the next connect on, and at every later one. Call before {@link #start}. */
  public void subscribe(String filter, int qos) {
    subscriptions.put(filter, qos);
  }

  /**
   * Begins to connect, and returns at once.
   *
   * @throws UserError when a certificate, key or password file cannot be used
   */
  public void start() {
    options = options();
    handlerThread.start();
    linkThread.start();
  }

  /** Whether the connection stands and the subscriptions are in place. */
  public synchronized boolean isConnected() {
    return connection != null;
  }

  /** Waits for the connection; false if it did not come in time. */
  public synchronized boolean awaitConnected(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (connection == null) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  /**
   * Publishes. The future completes when the broker has it (QoS 1: acknowledged), and fails with an
   * {@link IOException} when not connected, when the connection is lost first, when 256 others wait
   * already or after 60 s.
   */
  public CompletableFuture<Void> publish(String topic, byte[] payload, int qos, boolean retained) {
    Publication publication =
        new Publication(topic, payload.clone(), qos, retained, new CompletableFuture<>());
    synchronized (this) {
      if (connection == null) {
        return CompletableFuture.failedFuture(
            new IOException("not connected to " + settings.url()));
      }
      if (waiting.size() >= MAX_WAITING_OUT) {
        return CompletableFuture.failedFuture(
            new IOException("too many publications wait for " + settings.url()));
      }
      waiting.add(publication);
    }
    send();
    return publication.done.orTimeout(PUBLISH_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Publishes on a topic of ours with its QoS and retention. */
  public CompletableFuture<Void> publish(String printer, Topic topic, byte[] payload) {
    return publish(topic.of(printer), payload, topic.qos(), topic.retained());
  }

  /** Disconnects; publications under way fail. Bounded by 15 s. */
  @Override
  public void close() {
    closed = true;
    linkThread.interrupt();
    handlerThread.interrupt();
    try {
      linkThread.join(2 * CLOSE_TIMEOUT.toMillis());
      if (Thread.currentThread() != handlerThread) {
        handlerThread.join(CLOSE_TIMEOUT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepConnected() {
    String lastProblem = "";
    while (!closed) {
      try {
        connectAndWaitForLoss();
        lastProblem = "";
        if (!closed) {
          LOG.warn("connection to {} lost", settings.url());
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(lastProblem)) {
          LOG.warn("cannot connect to {}: {}; will keep trying", settings.url(), problem);
          lastProblem = problem;
        }
      }
      try {
        Thread.sleep(backoff.next().toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void connectAndWaitForLoss() throws IOException, InterruptedException {
    MqttAsyncClient client;
    try {
      client = new MqttAsyncClient(settings.url(), clientId, new MemoryPersistence());
    } catch (MqttException e) {
      throw new IOException(reason(e), e);
    }
    Connection made = new Connection(client);
    try {
      client.setCallback(new Callback(made));
      await(CONNECT_TIMEOUT_S + 10L, listener -> client.connect(options, null, listener));
      for (Map.Entry<String, Integer> wanted : subscriptions.entrySet()) {
        await(
            SUBSCRIBE_TIMEOUT.toSeconds(),
            listener -> client.subscribe(wanted.getKey(), wanted.getValue(), null, listener));
      }
      long sinceNanos = System.nanoTime();
      synchronized (this) {
        connection = made;
        notifyAll();
      }
      LOG.info("connected to {} as {}", settings.url(), clientId);
      connectedListener.run();
      made.lost.await();
      if (System.nanoTime() - sinceNanos > GOOD_CONNECTION.toNanos()) {
        backoff.reset();
      }
    } finally {
      end(made);
    }
  }

  /** Leaves nothing of a connection behind: futures fail, threads end. */
  private void end(Connection ended) {
    List<Publication> failed = new ArrayList<>();
    synchronized (this) {
      if (connection == ended) {
        connection = null;
      }
      failed.addAll(ended.inFlight);
      ended.inFlight.clear();
      failed.addAll(waiting);
      waiting.clear();
      inFlight = 0;
    }
    IOException lost = new IOException("the connection to " + settings.url() + " was lost");
    failed.forEach(publication -> publication.done.completeExceptionally(lost));
    try {
      if (ended.client.isConnected()) {
        // Not disconnectForcibly, which waits for an answer that never comes.
        await(
            CLOSE_TIMEOUT.toSeconds(),
            listener -> ended.client.disconnect(QUIESCE_MS, null, listener));
      }
    } catch (IOException e) {
      LOG.debug("disconnecting: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      ended.client.close(true);
    } catch (MqttException e) {
      LOG.debug("closing: {}", reason(e));
    }
  }

  private void send() {
    while (true) {
      Publication publication;
      Connection on;
      synchronized (this) {
        on = connection;
        if (on == null || inFlight >= WINDOW || waiting.isEmpty()) {
          return;
        }
        publication = waiting.remove();
        inFlight++;
        on.inFlight.add(publication);
      }
      try {
        on.client.publish(
            publication.topic,
            publication.payload,
            publication.qos,
            publication.retained,
            null,
            new IMqttActionListener() {
              @Override
              public void onSuccess(IMqttToken token) {
                settle(on, publication, null);
              }

              @Override
              public void onFailure(IMqttToken token, Throwable thrown) {
                settle(on, publication, thrown);
              }
            });
      } catch (MqttException e) {
        settle(on, publication, e);
      }
    }
  }

  private void settle(Connection on, Publication publication, @Nullable Throwable thrown) {
    synchronized (this) {
      if (!on.inFlight.remove(publication)) {
        return;
      }
      inFlight--;
    }
    if (thrown == null) {
      publication.done.complete(null);
    } else {
      publication.done.completeExceptionally(new IOException(reason(thrown), thrown));
    }
    send();
  }

  private void handleIncoming() {
    while (!closed) {
      try {
        handler.accept(incoming.take());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("a message could not be handled", e);
      }
    }
  }

  private final class Callback implements MqttCallback {
    private final Connection on;

    Callback(Connection on) {
      this.on = on;
    }

    @Override
    public void connectionLost(Throwable cause) {
      on.lost.countDown();
    }

    /** Never blocks: acknowledgements of our own publications come by the same thread. */
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (!incoming.offer(new Message(topic, message.getPayload(), message.isRetained()))) {
        LOG.warn("{} messages dropped: too many wait", droppedIn.incrementAndGet());
      }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }

  private MqttConnectOptions options() {
    MqttConnectOptions made = new MqttConnectOptions();
    made.setCleanSession(true);
    made.setAutomaticReconnect(false);
    made.setConnectionTimeout(CONNECT_TIMEOUT_S);
    made.setKeepAliveInterval(KEEP_ALIVE_S);
    made.setMaxInflight(PAHO_MAX_IN_FLIGHT);
    made.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    if (will != null) {
      made.setWill(will.topic(), will.payload(), 1, will.retained());
    }
    if (settings.username() != null) {
      made.setUserName(settings.username());
    }
    Path passwordFile = settings.passwordFile();
    if (passwordFile != null) {
      made.setPassword(password(passwordFile).toCharArray());
    }
    if (settings.url().startsWith("ssl:")) {
      made.setSocketFactory(Tls.context(settings).getSocketFactory());
      made.setHttpsHostnameVerificationEnabled(true);
    }
    return made;
  }

  private static String password(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, file + ": cannot read the broker's password: " + e.getMessage(), e);
    }
  }

  private interface Action {
    void start(IMqttActionListener listener) throws MqttException;
  }

  /** Like a token's own wait, but can be interrupted. */
  private static void await(long timeoutS, Action action) throws IOException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      action.start(
          new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
              int[] granted = token.getGrantedQos();
              if (granted != null && granted.length > 0 && granted[0] == SUBSCRIPTION_REFUSED) {
                done.completeExceptionally(new IOException("the broker refused a subscription"));
              } else {
                done.complete(null);
              }
            }

            @Override
            public void onFailure(IMqttToken token, Throwable thrown) {
              done.completeExceptionally(thrown);
            }
          });
      done.get(timeoutS, TimeUnit.SECONDS);
    } catch (MqttException e) {
      throw new IOException(reason(e), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(reason(cause), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + timeoutS + " s", e);
    }
  }

  /** Paho's messages are bare; what lies beneath them says more. */
  private static String reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    String own =
        thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    return cause == null || cause.getMessage() == null
        ? own
        : own + " (" + cause.getMessage() + ")";
  }
}
