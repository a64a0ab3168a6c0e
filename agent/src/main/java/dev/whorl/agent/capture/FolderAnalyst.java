package dev.whorl.agent.capture;

import dev.whorl.agent.run.Analyst;
import dev.whorl.agent.run.RunFault;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.io.IOException;
import java.util.List;

/** Computes a run's fingerprint from its folder, by the code that reads anybody's folder. */
public final class FolderAnalyst implements Analyst {
  @Override
  public void analyse(RunFolder folder) throws RunFault {
    try {
      CaptureFolder capture = CaptureFolder.read(folder.path());
      SenseFiles senses = SenseFiles.of(folder.path(), List.of(), null);
      Fingerprint fingerprint =
          capture.fingerprint(null).fingerprint().with(senses.vibration(), senses.mesh());
      byte[] json = FingerprintJson.write(fingerprint);
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
