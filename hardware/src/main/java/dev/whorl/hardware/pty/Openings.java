package dev.whorl.hardware.pty;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How many other programs have a device file open, by the kernel's word (inotify).
 *
 * <p>Two openings at the same moment come as one event, so that the count can fall short: whoever
 * is heard while nobody seems to be there is taken to be there for a minute more. Whoever has
 * closed it counts as there until what it wrote is read.
 */
final class Openings {

  /** {@code struct inotify_event} without a name: descriptor, mask, cookie, length. */
  private static final int EVENT_BYTES = 16;

  private static final long ASSUMED_NANOS = 60_000_000_000L;

  private int watch = -1;
  private int count;
  private boolean leftovers;
  private boolean heardUncounted;
  private long heardNanos;
  private final byte[] events = new byte[64 * EVENT_BYTES];

  /** Counts from now on: who has it open already is not seen. */
  Openings(String path) {
    try {
      watch = LibC.INSTANCE.inotify_init1(LibC.O_NONBLOCK | LibC.O_CLOEXEC);
      LibC.INSTANCE.inotify_add_watch(watch, path, LibC.IN_OPEN | LibC.IN_CLOSE);
    } catch (LastErrorException e) {
      // The system's watches are used up: then somebody may always be there.
      close();
    }
  }

  /** The descriptor that can be read when somebody has opened or closed; -1 when there is none. */
  int descriptor() {
    return watch;
  }

  /** Somebody was heard. */
  void heard() {
    look();
    if (count > 0 || leftovers) {
      heardUncounted = false;
    } else {
      heardUncounted = true;
      heardNanos = System.nanoTime();
    }
  }

  /** There was nothing to hear for a while. */
  void quiet() {
    leftovers = false;
  }

  /** Takes what the kernel has noted. */
  void look() {
    int bytes = events.length;
    while (watch >= 0 && bytes == events.length) {
      try {
        bytes = LibC.INSTANCE.read(watch, events, new NativeLong(events.length)).intValue();
      } catch (LastErrorException e) {
        bytes = 0;
      }
      ByteBuffer noted = ByteBuffer.wrap(events, 0, bytes).order(ByteOrder.nativeOrder());
      for (int at = 0; at + EVENT_BYTES <= bytes; at += EVENT_BYTES) {
        int mask = noted.getInt(at + 4);
        if ((mask & LibC.IN_OPEN) != 0) {
          count++;
        }
        if ((mask & LibC.IN_CLOSE) != 0) {
          count = Math.max(0, count - 1);
          leftovers |= count == 0;
        }
      }
    }
  }

  boolean areAny() {
    look();
    return watch < 0
        || count > 0
        || leftovers
        || heardUncounted && System.nanoTime() - heardNanos < ASSUMED_NANOS;
  }

  void close() {
    PseudoTerminal.closeQuietly(watch);
    watch = -1;
  }
}
