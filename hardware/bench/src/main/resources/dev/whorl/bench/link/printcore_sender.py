"""Sends a program with Printrun's printcore: PORT BAUD FILE. Says the marks that Sender.java says."""
import logging
import sys
import time

from printrun import gcoder
from printrun.printcore import printcore

POLL_S = 0.02


def wait(condition, limit_s):
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(POLL_S)
    return True


def main():
    logging.disable(logging.CRITICAL)
    port, baud, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with open(path, encoding="ascii") as file:
        program = gcoder.LightGCode([line.rstrip("\n") for line in file])
    total = len(program)
    core = printcore(port, baud)
    if not wait(lambda: core.online, 30):
        print("failed printcore does not get the printer online")
        return
    print("mark begin", flush=True)
    core.startprint(program)
    said, at, longest, last = False, 0, 0.0, time.monotonic()
    while core.printing:
        time.sleep(POLL_S)
        now, index = time.monotonic(), core.queueindex
        if index != at:
            at, last = index, now
        longest = max(longest, now - last)
        if not said and index >= total // 2:
            said = True
            print("mark half", flush=True)
    print("mark end", flush=True)
    print("stall %d" % (longest * 1000), flush=True)
    core.disconnect()


main()
