package io.trails.tck;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Reason;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A workspace that is a copy of the project, and its checkpoints copies of it.
 *
 * @param session its id
 * @param project the target of merges, under the name {@code main}
 * @param excluded what in the project is trails' own
 * @param files where the copy is
 * @param own the session's own directory
 */
record CopyWorkspace(String session, Path project, Path excluded, Path files, Path own) implements Workspace {
    @Override
    public Location location() {
        return new HostDirectory(files);
    }

    private CopiedFiles start() {
        return CopiedFiles.read(own.resolve("start"));
    }

    private CopiedFiles now() {
        return CopiedFiles.read(files);
    }

    @Override
    public Changes changes() {
        return changes(start(), now());
    }

    static Changes changes(CopiedFiles old, CopiedFiles now) {
        List<Change> changes = new ArrayList<>();
        for (CopyDiff diff : diffs(old, now)) changes.add(diff.change());
        return new Changes(changes, List.of());
    }

    private static List<CopyDiff> diffs(CopiedFiles old, CopiedFiles now) {
        List<CopyDiff> diffs = new ArrayList<>();
        for (String path : CopiedFiles.paths(old, now)) {
            if (!old.same(now, path)) diffs.add(new CopyDiff(path, old.find(path), now.find(path)));
        }
        return diffs;
    }

    private List<CopyDiff> diffs(DiffRequest request) {
        CopiedFiles old = request.since().map(this::read).orElseGet(this::start);
        CopiedFiles now = request.until().map(this::read).orElseGet(this::now);
        List<CopyDiff> diffs = new ArrayList<>(diffs(old, now));
        if (!request.paths().isEmpty()) {
            diffs.removeIf(diff -> request.paths().stream()
                    .noneMatch(path -> diff.path().equals(path) || diff.path().startsWith(path + "/")));
        }
        return diffs;
    }

    @Override
    public Set<SessionCapability> capabilities() {
        return EnumSet.allOf(SessionCapability.class);
    }

    @Override
    public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
        for (CopyDiff diff : diffs(request))
            reader.accept(diff.fileDiff(request.contextLines(), request.linesPerFile()));
    }

    @Override
    public void writePatch(DiffRequest request, OutputStream out) {
        try {
            for (CopyDiff diff : diffs(request)) {
                out.write(diff.patch(request.contextLines()).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException unwritten) {
            throw new TrailsException("workspace.patch-unwritten", "The patch cannot be written", unwritten);
        }
    }

    @Override
    public Checkpoint checkpoint(String label) {
        String number = String.format(Locale.ROOT, "%06d", checkpoints().size() + 1);
        Path directory = own.resolve("checkpoints").resolve(number);
        now().writeTo(directory.resolve("files"));
        try {
            Files.writeString(directory.resolve("label"), label);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored(number);
    }

    private Checkpoint stored(String number) {
        try {
            String label =
                    Files.readString(own.resolve("checkpoints").resolve(number).resolve("label"));
            return new Checkpoint(session + "/" + number, session, label, Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Checkpoint> checkpoints() {
        String[] numbers = own.resolve("checkpoints").toFile().list();
        if (numbers == null) return List.of();
        return List.of(numbers).stream().sorted().map(this::stored).toList();
    }

    private CopiedFiles read(Checkpoint checkpoint) {
        if (!checkpoints().contains(checkpoint)) {
            throw new TrailsException("copy.checkpoint-unknown", checkpoint + " is none of this session");
        }
        String number = checkpoint.id().substring(session.length() + 1);
        return CopiedFiles.read(own.resolve("checkpoints").resolve(number).resolve("files"));
    }

    @Override
    public Checkpoint restore(Checkpoint checkpoint) {
        CopiedFiles wanted = read(checkpoint);
        Checkpoint before = checkpoint("before the restore");
        wanted.writeTo(files);
        return before;
    }

    private CopyMerge merging(MergeRequest request) {
        return new CopyMerge(base(), CopiedFiles.read(project, excluded), now(), request);
    }

    private CopiedFiles base() {
        Path merged = own.resolve("merged");
        return Files.exists(merged) ? CopiedFiles.read(merged) : start();
    }

    @Override
    public MergePreview preview(MergeRequest request) {
        return merging(request).preview();
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        CopyMerge merging = merging(request);
        MergePreview preview = merging.preview();
        Optional<String> expected = request.expected();
        if (expected.isPresent() && !expected.get().equals(merging.token())) {
            return new MergeResult.Blocked(
                    List.of(Reason.of("copy.stale", "Something has changed since", "Look again")));
        }
        return switch (preview.outcome()) {
            case CONFLICTED -> new MergeResult.Conflicted(preview);
            case UP_TO_DATE -> new MergeResult.UpToDate(preview.target(), preview.targetCommit());
            default -> write(merging, preview);
        };
    }

    private MergeResult write(CopyMerge merging, MergePreview preview) {
        CopiedFiles merged = merging.merged();
        merged.writeTo(project);
        now().writeTo(own.resolve("merged"));
        return new MergeResult.Merged(preview.target(), merged.id(), preview.targetCommit(), List.of());
    }
}
