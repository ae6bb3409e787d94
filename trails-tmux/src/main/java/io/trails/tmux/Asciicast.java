package io.trails.tmux;

import io.trails.Recording;
import io.trails.tmux.internal.recording.CastTape;
import io.trails.tmux.internal.recording.TapeRecording;
import java.nio.file.Path;
import java.util.Objects;

/** Recordings in files of asciinema. */
public final class Asciicast {
    private Asciicast() {}

    /**
     * Opens a recording in asciicast v2 or v3, whoever wrote it. Events of kinds that are not known are left out, and so is a
     * last line that was not finished. The file is read again for whatever the recording is asked, and must stay as it is.
     *
     * @param castFile the file
     * @return its recording; {@link Recording#omittedBytes()} is 0, for a file does not say
     * @throws io.trails.TrailsException {@code recording.unreadable} if it cannot be read or is no such file
     */
    public static Recording read(Path castFile) {
        return new TapeRecording(CastTape.read(Objects.requireNonNull(castFile, "castFile")));
    }
}
