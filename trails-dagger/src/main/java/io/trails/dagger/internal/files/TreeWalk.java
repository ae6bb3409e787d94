package io.trails.dagger.internal.files;

import io.trails.TrailsException;
import io.trails.dagger.internal.files.SelectedFolder.Verdict;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.ignore.IgnoreNode;

/** Walks a workspace, with one look at each entry. Single-threaded, for one walk. */
final class TreeWalk {
    /** Whoever swaps a directory for ever is not waited for. */
    private static final int MOST_LOOKS = 100;

    private static final int ALL_READ = 0444;

    private final Path root;
    private final FileSelection selection;
    private final StampReader stamps;
    private final TreeSize size;
    private final TreeMap<String, FileStamp> found = new TreeMap<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> unspeakable = new ArrayList<>();

    TreeWalk(Path root, FileSelection selection, Bounds bounds) {
        this.root = root;
        this.selection = selection;
        this.stamps = new StampReader(root);
        this.size = new TreeSize(root, bounds);
    }

    TreeScan scan() {
        try {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
                walk(entries, selection.top(root, IgnoreFiles.in(Folder.of(root, entries))));
            }
        } catch (IOException unreadable) {
            throw new TrailsException(
                    "dagger.workspace-unreadable",
                    "The workspace " + root + " cannot be read: " + unreadable,
                    unreadable);
        }
        leaveOutLookalikes();
        return new TreeScan(Manifest.of(found), excluded, skipped, size.bytes(), size.files(), size.warning());
    }

    private void walk(DirectoryStream<Path> entries, SelectedFolder folder) throws IOException {
        try {
            for (Path entry : entries) visit(entries, entry, folder);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    private void visit(DirectoryStream<Path> in, Path entry, SelectedFolder folder) throws IOException {
        Path fileName = entry.getFileName();
        if (fileName == null) return;
        String name = fileName.toString();
        String path = folder.pathOf(name);
        Optional<FileStamp> stamp;
        try {
            stamp = stamps.read(entry);
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        } catch (FileSystemException unreadable) {
            skip(path, "dagger.file-unreadable", "It cannot be looked at: " + unreadable);
            return;
        }
        boolean directory = stamp.isPresent() && stamp.get().type() == FileType.DIRECTORY;
        Verdict verdict = folder.verdict(name, path, directory);
        if (verdict == Verdict.SELECTED || verdict == Verdict.INCLUDED) {
            select(in, entry, name, path, folder, verdict, stamp);
        } else if (verdict == Verdict.IGNORED && directory && folder.mayIncludeBelow(name) && isFaithful(entry, name)) {
            lookInto(in, entry, name, path, stamp.get(), folder);
        } else {
            exclude(path);
            if (verdict == Verdict.GIT && !name.equals(".git")) {
                skipped.add(Skipped.of(path, "dagger.path-git", "Some systems take its name for git's own directory"));
            }
        }
    }

    private void select(
            DirectoryStream<Path> in,
            Path entry,
            String name,
            String path,
            SelectedFolder folder,
            Verdict verdict,
            Optional<FileStamp> stamp)
            throws IOException {
        if (!isFaithful(entry, name)) {
            unspeakable.add(path);
            skip(path, "dagger.name-unreadable", "Its name is no text in the encoding of this JVM");
        } else if (stamp.isEmpty()) {
            skip(path, "dagger.special-file", "It is neither a file nor a directory nor a link");
        } else if (isForbidden(entry, stamp.get())) {
            skip(path, "dagger.file-unreadable", "It may not be read");
        } else if (stamp.get().type() == FileType.DIRECTORY) {
            add(path, stamp.get());
            enter(in, entry, name, path, folder, verdict);
        } else {
            add(path, stamp.get());
        }
    }

    private void enter(
            DirectoryStream<Path> in, Path entry, String name, String path, SelectedFolder parent, Verdict verdict)
            throws IOException {
        try (DirectoryStream<Path> entries = open(in, entry)) {
            Optional<IgnoreNode> rules =
                    verdict == Verdict.SELECTED ? IgnoreFiles.in(Folder.of(entry, entries)) : Optional.empty();
            walk(entries, parent.child(name, verdict, rules));
        } catch (NoSuchFileException | NotDirectoryException goneMeanwhile) {
            found.remove(path);
        }
    }

    /**
     * Opens a directory in one that is held, so that it is not what a link leads to that took its place.
     *
     * @throws NotDirectoryException also for a link
     */
    @SuppressWarnings("StreamResourceLeak") // Whoever opens it closes it.
    static DirectoryStream<Path> open(DirectoryStream<Path> in, Path entry) throws IOException {
        return in instanceof SecureDirectoryStream<Path> held ? open(held, entry) : Files.newDirectoryStream(entry);
    }

    static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> held, Path entry) throws IOException {
        Path name = entry.getFileName();
        for (int look = 1; ; look++) {
            try {
                return held.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            } catch (FileSystemException failed) {
                BasicFileAttributes now = held.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                if (!now.isDirectory()) throw new NotDirectoryException(entry.toString());
                // It may have been a link for a moment.
                if (look >= MOST_LOOKS || failed instanceof AccessDeniedException) throw failed;
            }
        }
    }

    /** Something in an ignored directory may be included. If nothing is, the directory is left out as one. */
    private void lookInto(
            DirectoryStream<Path> in, Path entry, String name, String path, FileStamp stamp, SelectedFolder parent)
            throws IOException {
        int excludedBefore = excluded.size();
        int foundBefore = found.size();
        if (!isForbidden(entry, stamp)) enter(in, entry, name, path, parent, Verdict.IGNORED);
        if (found.size() > foundBefore) {
            add(path, stamp);
        } else {
            excluded.subList(excludedBefore, excluded.size()).clear();
            exclude(path);
        }
    }

    private void add(String path, FileStamp stamp) {
        found.put(path, stamp);
        size.add(path, stamp);
    }

    private void skip(String path, String code, String message) {
        skipped.add(Skipped.of(path, code, message));
        exclude(path);
    }

    private void exclude(String path) {
        excluded.add(UploadPattern.of(path));
    }

    /** Asked of the system only where the permissions leave a doubt. */
    private static boolean isForbidden(Path entry, FileStamp stamp) {
        if (stamp.type() == FileType.SYMLINK) return false;
        if (stamp.type() == FileType.FILE && (stamp.mode() & ALL_READ) == ALL_READ) return false;
        if (stamp.type() == FileType.DIRECTORY && (stamp.mode() & 0555) == 0555) return false;
        return !Files.isReadable(entry) || (stamp.type() == FileType.DIRECTORY && !Files.isExecutable(entry));
    }

    /** Whether the text of a name leads back to the file. */
    static boolean isFaithful(Path entry, String name) {
        if (isPlain(name)) return true;
        try {
            return entry.resolveSibling(name).equals(entry);
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) return false;
        }
        return true;
    }

    /** The pattern for a name that cannot be spelled leaves out its neighbours with similar names as well. */
    private void leaveOutLookalikes() {
        for (String path : unspeakable) {
            var alike = Pattern.compile(regex(path), Pattern.DOTALL);
            for (String other : List.copyOf(found.keySet())) {
                if (!alike.matcher(other).matches()) continue;
                FileStamp stamp = found.remove(other);
                if (stamp != null && stamp.type() != FileType.DIRECTORY) size.remove(stamp);
                skipped.add(Skipped.of(
                        other, "dagger.name-alike", "It can only be left out together with " + path + " beside it"));
            }
        }
    }

    private static String regex(String path) {
        var regex = new StringBuilder();
        for (String part : path.split("\ufffd+", -1)) {
            if (regex.length() > 0 || path.startsWith("\ufffd")) regex.append("[^/]*");
            regex.append(Pattern.quote(part));
        }
        return regex.append("(/.*)?").toString();
    }
}
