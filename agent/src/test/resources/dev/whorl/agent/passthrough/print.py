"""Prints a file with Printrun's own link. Says "online", "start", "end" and what went wrong."""
import sys
import time

from printrun import gcoder
from printrun.printcore import printcore

port, file = sys.argv[1:3]


def say(*what):
    print(*what, flush=True)


core = printcore()
core.errorcb = lambda error: say("error", error.strip())
core.startcb = lambda resuming: say("start")
core.endcb = lambda: say("end")
core.connect(port, 115200)
for i in range(600):
    if core.online:
        break
    time.sleep(0.05)
else:
    sys.exit("never online")
say("online")
with open(file) as lines:
    core.startprint(gcoder.LightGCode([line.strip() for line in lines]))
for line in sys.stdin:
    if line.strip() == "emergency":
        core.send_now("M112")
        say("sent")
    elif line.strip() == "quit":
        break
core.disconnect()
