package dev.whorl.agent.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who owns a state folder and with it the printer: one process at a time. The kernel lets go
 * of the lock when its holder dies; what the file says then is of no meaning.
 */
public final class StateLock implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;
  private final FileLock lock;

  private StateLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Who holds a state folder.
   *
   * @param pid its process
   * @param verb what that process was started to do
   * @param http where it answers, null when it does not
   */
  public record Holder(long pid, String verb, @Nullable InetSocketAddress http) {}

  /**
   * Takes the folder, if nobody has it.
   *
   * @throws UserError when the folder cannot be used at all
   */
  public static Optional<StateLock> tryTake(Path stateDir, String verb) {
    try {
      Files.createDirectories(stateDir);
      FileChannel channel =
          FileChannel.open(
              file(stateDir),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        lock = null;
      }
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      StateLock taken = new StateLock(channel, lock);
      taken.say(verb, null);
      return Optional.of(taken);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, stateDir + ": cannot be used: " + e + "; check agent.state_dir", e);
    }
  }

  /** Takes the folder, or says who has it. */
  public static StateLock take(Path stateDir, String verb) {
    return tryTake(stateDir, verb)
        .orElseThrow(
            () -> {
              Holder holder = holder(stateDir);
              return UserError.usage(
                  stateDir
                      + " is in use by `whorl agent "
                      + holder.verb()
                      + "`, process "
                      + holder.pid()
                      + "; stop that first");
            });
  }

  /** Who has a folder that could not be taken. */
  public static Holder holder(Path stateDir) {
    try {
      JsonNode said = JSON.readTree(Files.readAllBytes(file(stateDir)));
      int port = said.path("port").asInt(0);
      return new Holder(
          said.path("pid").asLong(),
          said.path("verb").asText("run"),
          port == 0 ? null : new InetSocketAddress(said.path("host").asText(), port));
    } catch (IOException e) {
      // Between taking the lock and saying so there is a moment.
      return new Holder(0, "run", null);
    }
  }

  /** Says where this process answers. */
  void answersAt(String verb, InetSocketAddress http) throws IOException {
    say(verb, http);
  }

  private void say(String verb, @Nullable InetSocketAddress http) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("pid", ProcessHandle.current().pid()).put("verb", verb);
    if (http != null) {
      json.put("host", http.getAddress().getHostAddress()).put("port", http.getPort());
    }
    channel.truncate(0);
    channel.position(0);
    channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(json)));
  }

  private static Path file(Path stateDir) {
    return stateDir.resolve("lock");
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // The kernel lets go of it with the process at the latest.
      throw new java.io.UncheckedIOException(e);
    }
  }
}
