package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** How to take back what was done to a workspace, in the memory of one process: after a crash all is done again instead. */
final class UndoLog {
    private final FolderWay way;
    private final Scratch scratch;
    private final Contents contents;
    private final StampReader stamps;
    private final Deque<Step> steps = new ArrayDeque<>();
    /** What was in the workspace before, by path. */
    private final Map<String, String> kept = new HashMap<>();

    /** What is there again. */
    private final Map<String, FileStamp> restored = new HashMap<>();

    private boolean keeping;

    UndoLog(FolderWay way, Scratch scratch, Contents contents, StampReader stamps) {
        this.way = way;
        this.scratch = scratch;
        this.contents = contents;
        this.stamps = stamps;
    }

    private record Step(String path, Action action) {}

    private interface Action {
        void run(Folder folder, String name) throws IOException;
    }

    void startKeeping() {
        keeping = true;
    }

    boolean isKeeping() {
        return keeping;
    }

    /** Copies what will be replaced, before anything is. */
    void keep(String path, FileStamp host) throws IOException {
        if (host.type() == FileType.DIRECTORY) return;
        String name = scratch.newName();
        Folder folder = scratch.folder();
        if (host.type() == FileType.SYMLINK) {
            Files.createSymbolicLink(folder.path().resolve(name), way.target(path, host));
        } else {
            try (SeekableByteChannel in = way.to(path).read(FolderWay.name(path))) {
                Contents.copy(in, folder, name, host.size());
            }
            folder.setModified(name, FileTime.from(host.modified(), TimeUnit.NANOSECONDS));
            folder.setMode(name, host.mode());
        }
        kept.put(path, name);
    }

    void fileRemoved(String path, String out) {
        add(path, (folder, name) -> restore(path, out, folder, name));
    }

    void directoryRemoved(String path, Optional<FileStamp> host) {
        int mode = host.map(FileStamp::mode).orElse(Permissions.PRIVATE);
        add(path, (folder, name) -> {
            String made = scratch.newName();
            PrivateTree.create(scratch.folder().path().resolve(made));
            scratch.folder().setMode(made, mode);
            scratch.folder().move(made, folder, name);
        });
    }

    void directoryMade(String path) {
        add(path, (folder, name) -> folder.deleteDirectory(name));
    }

    void filePut(Pending entry, Optional<FileStamp> host) {
        boolean replaced = host.isPresent() && host.get().type() != FileType.DIRECTORY;
        add(entry.path(), (folder, name) -> {
            contents.takeBack(entry, folder);
            String before = kept.get(entry.path());
            if (replaced && before != null) restore(entry.path(), before, folder, name);
        });
    }

    private void restore(String path, String kept, Folder folder, String name) throws IOException {
        Folder from = scratch.folder();
        Optional<FileStamp> before = stamps.find(from.path().resolve(kept));
        from.move(kept, folder, name);
        Optional<FileStamp> now = folder.stamp(name);
        if (before.isPresent() && now.isPresent() && now.get().sameContentAs(before.get())) {
            restored.put(path, now.get());
        }
    }

    void modeChanged(Pending entry, Optional<FileStamp> host) {
        if (host.isEmpty()) return;
        add(entry.path(), (folder, name) -> {
            folder.setMode(name, host.get().mode());
            Optional<FileStamp> now = folder.stamp(name);
            if (now.isPresent() && now.get().sameContentAs(host.get())) restored.put(entry.path(), now.get());
        });
    }

    private void add(String path, Action action) {
        if (keeping) steps.push(new Step(path, action));
    }

    /**
     * Takes everything back that can be. What cannot stays as the session wants it, and pending besides.
     *
     * @return which files are in the workspace again, and their stamps now
     */
    Map<String, FileStamp> run() {
        @Nullable Step step;
        while ((step = steps.poll()) != null) {
            try {
                way.leave(step.path);
                step.action.run(way.to(step.path), FolderWay.name(step.path));
            } catch (IOException stuck) {
                LoggerFactory.getLogger(UndoLog.class).warn("{} was not taken back: {}", step.path, stuck.toString());
            }
        }
        return restored;
    }

    void clear() {
        steps.clear();
    }
}
