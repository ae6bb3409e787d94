package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.OutputReader;
import io.trails.Reason;
import io.trails.Recording;
import io.trails.TerminalCapability;
import io.trails.TrailsEvent;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.internal.files.Durable;
import io.trails.internal.files.OwnerOnly;
import io.trails.internal.providers.Fatal;
import io.trails.internal.state.OwnDirectory;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredPart;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Provider;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Keeps the recordings of terminals that are about to be removed, without secrets. Of one session; thread-safe. */
final class SavedRecordings {
    private static final String ENDING = ".cast";

    /** In a terminal's own directory, once its recording is saved: from then on less and less of the terminal may be left. */
    private static final String MARK = "recording.saved";

    /** What a program printed last is under way for a moment after its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** After the end of the program, nothing comes any more if nothing came for so long. */
    private static final Duration QUIET = Duration.ofMillis(250);

    private static final int CHUNK = 64 * 1024;

    private final Services services;
    private final Assembler assembler;
    private final Map<String, String> environment;

    /** @param environment the session's own, as far as this JVM knows it */
    SavedRecordings(Services services, Assembler assembler, Map<String, String> environment) {
        this.services = services;
        this.assembler = assembler;
        this.environment = Map.copyOf(environment);
    }

    Secrets secrets() {
        return Secrets.of(environment, services.environment());
    }

    /**
     * Saves the recording of a terminal, if it is recorded and something is left of it. One that a crash kept from being
     * removed after that is not saved again: some of it may be gone. Of one whose program still runs it is saved what there
     * is, for it may end before it is removed.
     *
     * @param removal whether the terminal is removed in any case, and not only if its program has ended
     * @throws TrailsException {@code recording.unsaved}
     */
    void save(SessionRecord record, String terminal, StoredPart part, Sandbox sandbox, boolean removal) {
        if (record.recording().isEmpty()) return;
        Optional<Provider> found = services.catalog().find(Axis.TERMINAL, part.provider());
        if (found.isEmpty() || !records((TerminalProvider) found.get(), sandbox)) return;
        OwnDirectory own = assembler.terminalDirectory(record, terminal, part.plan());
        Path file = file(record, terminal, part);
        if (isThere(own.path().resolve(MARK)) && isThere(file)) return;
        try {
            Optional<HeldTerminal> held = open((TerminalProvider) found.get(), part, sandbox);
            if (held.isEmpty()) return;
            try {
                if (!held.get().capabilities().contains(TerminalCapability.RECORDING)) return;
                boolean last = isWhole(held.get()) || removal;
                write(held.get().recording(), file);
                if (!last) return;
                if (own.check()) mark(own.path().resolve(MARK));
            } finally {
                held.get().detach();
            }
        } catch (TrailsInterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            throw unsaved(record, terminal, file, failed);
        }
        tell(record, terminal, file);
    }

    /** The terminal stays after all: whatever comes is to be saved as well. */
    void forget(SessionRecord record, String terminal, StoredPart part) {
        OwnDirectory own = assembler.terminalDirectory(record, terminal, part.plan());
        try {
            if (own.check()) Files.deleteIfExists(own.path().resolve(MARK));
        } catch (IOException undeleted) {
            LoggerFactory.getLogger(SavedRecordings.class)
                    .warn(
                            "What terminal {} of session {} still prints is not saved",
                            terminal,
                            record.name(),
                            undeleted);
        }
    }

    private static boolean records(TerminalProvider provider, Sandbox sandbox) {
        return provider.capabilities(sandbox.capabilities()).contains(TerminalCapability.RECORDING);
    }

    private static Optional<HeldTerminal> open(TerminalProvider provider, StoredPart part, Sandbox sandbox) {
        try {
            return Optional.of(provider.open(part.plan(), sandbox));
        } catch (ResourceLostException gone) {
            return Optional.empty();
        }
    }

    /** Names that each launch has for itself, so that the same recording always has the same. */
    private Path file(SessionRecord record, String terminal, StoredPart part) {
        String launch = part.plan().find(Assembler.LAUNCH).map(id -> "-" + id).orElse("");
        return services.state().recordings().path().resolve(record.id() + "-" + terminal + launch + ENDING);
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether its program has ended, and all it printed can be read, as far as anybody can tell. */
    private static boolean isWhole(HeldTerminal terminal) {
        if (!SessionTerminals.hasEnded(terminal)) return false;
        if (!terminal.capabilities().contains(TerminalCapability.STREAM)) return true;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (OutputReader rest = terminal.output(OutputReader.END)) {
            while (!rest.ended() && System.nanoTime() - deadline < 0) {
                if (rest.read(CHUNK, QUIET).length == 0) return true;
            }
            return rest.ended();
        }
    }

    private void write(Recording recording, Path file) throws IOException {
        Recording shown = secrets().outOf(recording);
        services.state().recordings().create();
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) throw new FileAlreadyExistsException(file.toString());
        try {
            Durable.replace(file, to -> shown.write(Recording.Format.ASCIICAST_V3, to));
        } catch (NoSuchFileException taken) {
            // Another host that removes the same terminal was first, and cleared away what it took for a crash's.
            if (!isThere(file)) throw taken;
        }
        clear(file);
    }

    /** What a crash left of earlier attempts. */
    private static void clear(Path file) {
        String drafts = file.getFileName() + ".*" + Durable.UNFINISHED;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(file.resolveSibling(""), drafts)) {
            for (Path draft : found) Files.deleteIfExists(draft);
        } catch (IOException uncleared) {
            LoggerFactory.getLogger(SavedRecordings.class).debug("Left what a crash left beside {}", file, uncleared);
        }
    }

    private static void mark(Path mark) throws IOException {
        try {
            Files.createFile(mark, OwnerOnly.file(mark));
        } catch (FileAlreadyExistsException already) {
            return;
        }
        Durable.syncDirectory(mark);
    }

    private static TrailsException unsaved(SessionRecord record, String terminal, Path file, Throwable failed) {
        String why = failed instanceof TrailsException known ? String.valueOf(known.getMessage()) : failed.toString();
        return new TrailsException(
                "recording.unsaved",
                "The recording of terminal '" + terminal + "' of session '" + record.name() + "' cannot be saved as "
                        + file + ": " + why + "; make room or correct the permissions, and try again",
                failed);
    }

    private void tell(SessionRecord record, String terminal, Path file) {
        var details = new LinkedHashMap<String, String>();
        details.put("terminal", terminal);
        details.put("file", file.toString());
        services.journal().record("recording.saved", record.name(), details);
        services.journal()
                .tell(
                        TrailsEvent.Type.RECORDING_SAVED,
                        record.name(),
                        Reason.of("recording.saved", "The recording of terminal '" + terminal + "' is in " + file));
    }
}
