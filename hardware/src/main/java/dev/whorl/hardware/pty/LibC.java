package dev.whorl.hardware.pty;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The few calls of the C library (Linux) that make a pseudo-terminal. */
interface LibC extends Library {

  LibC INSTANCE = Native.load("c", LibC.class);

  int O_RDWR = 2;
  int O_NOCTTY = 0x100;
  int O_NONBLOCK = 0x800;
  int O_CLOEXEC = 0x80000;
  short POLLIN = 1;
  short POLLOUT = 4;
  int TCSANOW = 0;
  int TCIFLUSH = 0;
  int IN_CLOSE = 0x18;
  int IN_OPEN = 0x20;
  int EAGAIN = 11;
  int EINTR = 4;
  int EIO = 5;

  int posix_openpt(int flags) throws LastErrorException;

  int grantpt(int fd) throws LastErrorException;

  int unlockpt(int fd) throws LastErrorException;

  /** Returns an error number, not -1. */
  int ptsname_r(int fd, byte[] name, NativeLong size);

  int open(String path, int flags) throws LastErrorException;

  int close(int fd) throws LastErrorException;

  NativeLong read(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

  NativeLong write(int fd, byte[] buffer, NativeLong count) throws LastErrorException;

  int poll(Pointer fds, NativeLong count, int timeoutMs) throws LastErrorException;

  int tcgetattr(int fd, Pointer termios) throws LastErrorException;

  int tcsetattr(int fd, int when, Pointer termios) throws LastErrorException;

  int tcflush(int fd, int queue) throws LastErrorException;

  int inotify_init1(int flags) throws LastErrorException;

  int inotify_add_watch(int fd, String path, int mask) throws LastErrorException;

  void cfmakeraw(Pointer termios);
}
