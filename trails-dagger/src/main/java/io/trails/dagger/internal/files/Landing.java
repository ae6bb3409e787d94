package io.trails.dagger.internal.files;

import io.trails.Change;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts pending files into a workspace, one by one or all of them. Single-threaded, for one time. */
final class Landing implements Closeable {
    private final FolderWay way;
    private final Scratch scratch;
    private final Contents contents;
    private final OtherNames names = new OtherNames();
    private final Judge judge;
    private final StampReader stamps;
    private final Consumer<String> at;
    private final Tally tally = new Tally();
    private final UndoLog undo;
    /** Made by us, and closed when all is in them. */
    private final TreeMap<String, Integer> made = new TreeMap<>(Comparator.reverseOrder());

    /** @param at told what was done, for whoever wants to stop it there */
    Landing(Path root, Path store, Consumer<String> at) {
        this.way = new FolderWay(root);
        this.scratch = new Scratch(store, root);
        this.contents = new Contents(store, scratch);
        this.judge = new Judge(root, store, way, names);
        this.stamps = new StampReader(root);
        this.undo = new UndoLog(way, scratch, contents, stamps);
        this.at = at;
    }

    /** What goes, the deepest first, and then what comes, the highest first. */
    static List<Pending> inOrder(Collection<Pending> entries) {
        return Stream.concat(
                        entries.stream()
                                .filter(Pending::isRemoval)
                                .sorted(Comparator.comparing(Pending::path).reversed()),
                        entries.stream()
                                .filter(entry -> !entry.isRemoval())
                                .sorted(Comparator.comparing(Pending::path)))
                .toList();
    }

    Tally whatCanBe(Collection<Pending> entries) {
        for (Pending entry : inOrder(entries)) {
            try {
                settle(entry, judge.judge(entry));
            } catch (ChangedMeanwhileException changed) {
                tally.conflict(entry, Verdict.conflict(Optional.empty(), "It was changed this very moment"));
            } catch (IOException failed) {
                tally.refuse(entry, failed);
            }
            at.accept("applied " + entry.path());
        }
        closeDirectories();
        return tally;
    }

    Tally allOrNothing(Collection<Pending> entries) {
        var judged = new ArrayList<Judged>();
        for (Pending entry : inOrder(entries)) {
            try {
                Verdict verdict = judge.foresee(entry);
                judged.add(new Judged(entry, verdict));
                if (verdict.kind() == Verdict.Kind.CONFLICT) tally.conflict(entry, verdict);
            } catch (IOException failed) {
                tally.refuse(entry, failed);
            }
        }
        if (!tally.isClean()) return tally;
        try {
            scratch.moveIntoWorkspace();
            if (scratch.isFarFromStore()) contents.beFar();
            for (Judged one : judged) prepare(one.entry, one.verdict);
            at.accept("prepared");
            for (Judged one : judged) {
                settle(one.entry, one.verdict);
                at.accept("applied " + one.entry.path());
            }
            closeDirectories();
            return tally;
        } catch (IOException failed) {
            return undone(failed, judged);
        }
    }

    private record Judged(Pending entry, Verdict verdict) {}

    private Tally undone(IOException failed, List<Judged> judged) {
        Map<String, FileStamp> restored = undo.run();
        String path = failed instanceof ChangedMeanwhileException changed ? changed.path() : "";
        var nothing = new Tally();
        if (path.isEmpty()) nothing.refuse(path, failed);
        else nothing.conflict(path, Verdict.conflict(Optional.empty(), "It was changed this very moment"));
        for (Judged one : judged) {
            FileStamp now = restored.get(one.entry.path());
            boolean known = one.entry.base().isPresent() && one.verdict.host().isPresent();
            // What a user had done before is no more the session's to replace than it was.
            if (now == null
                    || !known
                    || !one.entry.base().get().sameAs(one.verdict.host().get())) continue;
            nothing.restored(one.entry, now);
        }
        return nothing;
    }

    private void prepare(Pending entry, Verdict verdict) throws IOException {
        undo.startKeeping();
        if (verdict.kind() != Verdict.Kind.APPLY) return;
        if (entry.hasContent()) contents.prepare(entry);
        if (!entry.isRemoval() && verdict.host().isPresent())
            undo.keep(entry.path(), verdict.host().get());
    }

    private void settle(Pending entry, Verdict verdict) throws IOException {
        switch (verdict.kind()) {
            case NOTHING -> tally.done(entry, verdict.host());
            case USERS -> tally.done(entry);
            case CONFLICT -> tally.conflict(entry, verdict);
            case MODE -> {
                changeMode(entry, verdict);
                tally.changed(entry, Change.Kind.MODE_CHANGED, settled(entry.path()));
            }
            case APPLY -> {
                boolean applied = entry.isRemoval() ? remove(entry, verdict) : put(entry, verdict);
                Optional<FileStamp> now = settled(entry.path());
                if (applied) tally.changed(entry, kind(entry, verdict.host()), now.map(FileStamp::ours));
                else tally.done(entry, now);
            }
        }
    }

    /** What is there after a step. What somebody moved away in the meantime is theirs and counts as new wherever it is. */
    private Optional<FileStamp> settled(String path) throws IOException {
        try {
            return way.stamp(path);
        } catch (NoSuchFileException | NotDirectoryException | ChangedMeanwhileException moved) {
            return Optional.empty();
        }
    }

    static Change.Kind kind(Pending entry, Optional<FileStamp> host) {
        if (entry.isRemoval()) return Change.Kind.DELETED;
        if (host.isEmpty()) return Change.Kind.ADDED;
        return entry.wanted().equals(host.map(FileStamp::type)) ? Change.Kind.MODIFIED : Change.Kind.TYPE_CHANGED;
    }

    private void changeMode(Pending entry, Verdict verdict) throws IOException {
        check(entry.path(), verdict);
        way.to(entry.path()).setMode(FolderWay.name(entry.path()), entry.mode());
        undo.modeChanged(entry, verdict.host());
    }

    /** False if something of a user's keeps a directory from going. */
    private boolean remove(Pending entry, Verdict verdict) throws IOException {
        String name = FolderWay.name(entry.path());
        Folder folder = way.to(entry.path());
        check(entry.path(), verdict);
        if (isDirectory(verdict.host())) {
            try {
                Writable.run(folder, () -> folder.deleteDirectory(name));
            } catch (DirectoryNotEmptyException filledMeanwhile) {
                return false;
            }
            undo.directoryRemoved(entry.path(), verdict.host());
            return true;
        }
        takeOut(entry.path(), folder, verdict);
        return true;
    }

    /** Moves the file out before it is deleted, as only then nobody can change it between the look at it and its end. */
    private void takeOut(String path, Folder folder, Verdict verdict) throws IOException {
        String name = FolderWay.name(path);
        String out = scratch.newName();
        scratch.run(away -> {
            Writable.run(folder, () -> folder.move(name, away, out));
            Optional<FileStamp> moved = stamps.find(away.path().resolve(out));
            if (moved.isEmpty() || !moved.get().sameContentAs(verdict.host().orElseThrow())) {
                away.move(out, folder, name);
                throw new ChangedMeanwhileException(path);
            }
            names.oneGone(verdict.host().orElseThrow());
            if (undo.isKeeping()) undo.fileRemoved(path, out);
            else away.deleteFile(out);
        });
    }

    private boolean put(Pending entry, Verdict verdict) throws IOException {
        String path = entry.path();
        String name = FolderWay.name(path);
        Folder folder = way.to(path);
        Optional<FileStamp> host = verdict.host();
        if (isDirectory(host)) {
            check(path, verdict);
            way.leave(path);
            Folder parent = way.to(path);
            Writable.run(parent, () -> parent.deleteDirectory(name));
            undo.directoryRemoved(path, host);
            contents.moveTo(entry, parent, () -> {});
        } else if (entry.isDirectory()) {
            check(path, verdict);
            if (host.isPresent()) takeOut(path, folder, verdict);
            makeDirectory(entry, folder);
            return true;
        } else {
            try {
                Writable.run(folder, () -> contents.moveTo(entry, folder, () -> check(path, verdict)));
            } catch (NoSuchFileException othersWereFaster) {
                return false;
            }
            host.ifPresent(names::oneGone);
        }
        undo.filePut(entry, host);
        return true;
    }

    private void makeDirectory(Pending entry, Folder folder) throws IOException {
        String name = FolderWay.name(entry.path());
        scratch.run(away -> {
            String made = scratch.newName();
            PrivateTree.create(away.path().resolve(made));
            // Now, as after a crash nobody could tell whether a directory is as a user made it.
            away.setMode(made, entry.mode() | Permissions.PRIVATE);
            Writable.run(folder, () -> away.move(made, folder, name));
        });
        if ((entry.mode() & Permissions.PRIVATE) != Permissions.PRIVATE) made.put(entry.path(), entry.mode());
        undo.directoryMade(entry.path());
    }

    private void closeDirectories() {
        made.forEach((path, mode) -> {
            try {
                way.to(path).setMode(FolderWay.name(path), mode);
                tally.stamp(path, way.stamp(path));
            } catch (IOException gone) {
                // It works with other permissions, too.
            }
        });
    }

    private void check(String path, Verdict verdict) throws IOException {
        Optional<FileStamp> now = way.stamp(path);
        boolean same = now.isPresent() == verdict.host().isPresent()
                && (now.isEmpty() || names.isSame(verdict.host().get(), now.get()));
        if (!same) throw new ChangedMeanwhileException(path);
    }

    private static boolean isDirectory(Optional<FileStamp> stamp) {
        return stamp.isPresent() && stamp.get().type() == FileType.DIRECTORY;
    }

    @Override
    public void close() throws IOException {
        try (scratch;
                way) {
            undo.clear();
        }
    }
}
