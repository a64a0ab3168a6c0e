package dev.whorl.agent.capture;

import dev.whorl.agent.run.Analyst;
import dev.whorl.agent.run.RunFault;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.io.IOException;

/** Computes a run's fingerprint from its folder, by the code that reads anybody's folder. */
public final class FolderAnalyst implements Analyst {
  @Override
  public void analyse(RunFolder folder) throws RunFault {
    try {
      CaptureFolder capture = CaptureFolder.read(folder.path());
      byte[] json = FingerprintJson.write(capture.fingerprint(null).fingerprint());
      AtomicFile.write(folder.fingerprint(), json);
    } catch (UnfitCapture e) {
      throw new RunFault("the frames cannot serve: " + e.getMessage(), e);
    } catch (UserError e) {
      throw new RunFault(e.getMessage(), e);
    } catch (IOException e) {
      throw new RunFault("the fingerprint cannot be written: " + e + "; is the disk full?", e);
    }
  }
}
