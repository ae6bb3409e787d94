package io.trails.internal.state;

import io.trails.TrailsException;
import io.trails.internal.files.Durable;
import io.trails.internal.json.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code state.json} on disk. Reading needs no lock, because the file is only ever replaced as a whole; what changes
 * something is called under the lock of the directory.
 */
final class StateFile {
    private static final String CORRUPT = "state.corrupt-";
    private static final String FIRST = "state.v0";

    private final Path directory;
    private final Path file;
    private final String writer;

    /** @param writer unique to the store, printable ASCII without quotes and backslashes */
    StateFile(Path directory, String writer) {
        this.directory = directory;
        this.file = directory.resolve("state.json");
        this.writer = writer;
    }

    Path path() {
        return file;
    }

    /** What the file looks like now. */
    Stamp stamp() {
        Optional<BasicFileAttributes> attributes = attributes();
        return attributes.isEmpty() ? Stamp.ABSENT : Stamp.of(attributes.get(), head());
    }

    Loaded load() throws CorruptStateException {
        Optional<BasicFileAttributes> attributes = attributes();
        if (attributes.isEmpty()) return new Loaded(Stamp.ABSENT, StateContent.empty());
        // The attributes are from before: if the file is replaced in between, the next look loads it once more.
        byte[] bytes = read(attributes.get().size());
        return new Loaded(
                Stamp.of(attributes.get(), bytes),
                StateDecoder.decode(
                        bytes, Optional.ofNullable(directory.getParent()).orElse(directory)));
    }

    /** Replaces the file. The one of the first trails, if that is what it was, stays beside it. */
    Loaded save(StateContent content, StateContent replaced) throws IOException {
        if (replaced.first().isPresent()) keepFirst(replaced.first().get());
        byte[] bytes = StateLayout.encode(content, writer);
        Durable.replace(file, bytes);
        return new Loaded(
                Stamp.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), bytes),
                content);
    }

    /** Moves the file out of the way, where nothing overwrites it. */
    void setAside(Clock clock) throws IOException {
        String time = Timestamps.format(clock.instant())
                .replace("-", "")
                .replace(":", "")
                .replace(".", "");
        Files.move(file, free(CORRUPT + time));
        Durable.syncDirectory(file);
    }

    /** What a crash left of writing. */
    List<Path> unfinished() throws IOException {
        return named("", Durable.UNFINISHED);
    }

    /** Damaged files that were set aside and that nobody has looked after. */
    List<Path> setAside() throws IOException {
        return named(CORRUPT, ".json");
    }

    private void keepFirst(byte[] first) throws IOException {
        Path kept = directory.resolve(FIRST + ".json");
        boolean there = Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS);
        // A crash between keeping and replacing leaves the same bytes here.
        if (there && Arrays.equals(Files.readAllBytes(kept), first)) return;
        Durable.replace(free(FIRST), first);
    }

    private Path free(String name) {
        Path free = directory.resolve(name + ".json");
        for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++)
            free = directory.resolve(name + "-" + i + ".json");
        return free;
    }

    private List<Path> named(String start, String end) throws IOException {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path path : files) {
                String name = path.getFileName().toString();
                if (name.startsWith(start) && name.endsWith(end)) found.add(path);
            }
        }
        return found;
    }

    private Optional<BasicFileAttributes> attributes() {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException refused) {
            throw unreadable(refused);
        }
        if (attributes.isSymbolicLink()) throw StateDirectory.symlink(file);
        if (attributes.isRegularFile()) return Optional.of(attributes);
        throw new TrailsException(
                "state.not-a-file",
                file
                        + " is in the place of the state but is no file; move it away, or choose another state directory with"
                        + " TrailsBuilder.stateDirectory");
    }

    private byte[] head() {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(Stamp.HEAD);
        } catch (NoSuchFileException setAsideInBetween) {
            return new byte[0];
        } catch (IOException refused) {
            throw unreadable(refused);
        }
    }

    /** @param expected its size, which another one that has replaced it meanwhile need not have */
    private byte[] read(long expected) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            // One read into one array: without the size, a stream gathers small pieces.
            var bytes = new byte[(int) Math.min(expected, Integer.MAX_VALUE - 8)];
            int length = in.readNBytes(bytes, 0, bytes.length);
            byte[] rest = in.readAllBytes();
            if (length == bytes.length && rest.length == 0) return bytes;
            byte[] all = Arrays.copyOf(bytes, length + rest.length);
            System.arraycopy(rest, 0, all, length, rest.length);
            return all;
        } catch (NoSuchFileException setAsideInBetween) {
            return new byte[0];
        } catch (IOException refused) {
            throw unreadable(refused);
        }
    }

    private TrailsException unreadable(IOException refused) {
        return new TrailsException(
                "state.unreadable",
                file + " cannot be read (" + StateDirectory.reason(refused)
                        + "); make it readable for this user, or choose another state directory with"
                        + " TrailsBuilder.stateDirectory",
                refused);
    }

    /**
     * The file at one time.
     *
     * @param stamp what it looked like
     * @param content what was in it
     */
    record Loaded(Stamp stamp, StateContent content) {}
}
