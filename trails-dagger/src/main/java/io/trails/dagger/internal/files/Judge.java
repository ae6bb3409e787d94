package io.trails.dagger.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Tells what can be applied without taking anything from a user. Changes nothing. Single-threaded. */
final class Judge {
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Arrivals arrivals;
    private final FolderWay way;
    private final OtherNames names;
    /** What an earlier step is about to take away, and where one is about to put a directory. */
    private final Set<String> going = new HashSet<>();

    private final Set<String> coming = new HashSet<>();

    /** @param names what was taken away by what was judged before */
    Judge(Path root, Path store, FolderWay way, OtherNames names) {
        this.root = root;
        this.arrivals = new Arrivals(store);
        this.way = way;
        this.names = names;
    }

    /** Judges, and takes what follows from it for done when others are judged. */
    Verdict foresee(Pending entry) throws IOException {
        Verdict verdict = judge(entry);
        if (verdict.kind() != Verdict.Kind.APPLY) return verdict;
        if (entry.isRemoval()) going.add(entry.path());
        else if (entry.isDirectory()) coming.add(entry.path());
        return verdict;
    }

    Verdict judge(Pending entry) throws IOException {
        if (!isReachable(entry.path())) {
            if (entry.isRemoval()) return Verdict.of(Verdict.Kind.NOTHING, Optional.empty());
            return Verdict.conflict(Optional.empty(), "Its directory was removed or replaced meanwhile");
        }
        Path file = root.resolve(entry.path());
        Optional<FileStamp> host = isBelowComing(entry.path()) ? Optional.empty() : look(entry.path());
        if (host.isEmpty() && !isBelowComing(entry.path()) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Verdict.conflict(host, "A special file is in its place");
        }
        if (entry.isRemoval()) return removal(entry, host);
        if (entry.isDirectory()) return directory(entry, host);
        return content(entry, host);
    }

    /** A directory that was moved since the way led through it is looked for where it is now. */
    private Optional<FileStamp> look(String path) throws IOException {
        try {
            return way.stamp(path);
        } catch (ChangedMeanwhileException moved) {
            way.close();
            return way.stamp(path);
        }
    }

    private Verdict removal(Pending entry, Optional<FileStamp> host) throws IOException {
        if (host.isEmpty()) return Verdict.of(Verdict.Kind.NOTHING, host);
        boolean wasDirectory = entry.base().isPresent() && entry.base().get().type() == FileType.DIRECTORY;
        if (wasDirectory && host.get().type() == FileType.DIRECTORY) {
            // What is left in it is not the session's, and neither is the directory then.
            return Verdict.of(isEmpty(entry.path()) ? Verdict.Kind.APPLY : Verdict.Kind.NOTHING, host);
        }
        return isUntouched(entry, host)
                ? Verdict.of(Verdict.Kind.APPLY, host)
                : Verdict.conflict(host, "It was changed meanwhile, and the session removed it");
    }

    private Verdict directory(Pending entry, Optional<FileStamp> host) {
        if (host.isEmpty()) return Verdict.of(Verdict.Kind.APPLY, host);
        if (host.get().type() == FileType.DIRECTORY) return Verdict.of(Verdict.Kind.NOTHING, host);
        return isUntouched(entry, host)
                ? Verdict.of(Verdict.Kind.APPLY, host)
                : Verdict.conflict(host, "It was changed meanwhile, and the session has a directory there");
    }

    private Verdict content(Pending entry, Optional<FileStamp> host) throws IOException {
        Path source = arrivals.file(entry);
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) return Verdict.of(Verdict.Kind.NOTHING, host);
        if (arrivals.isTorn(entry)) throw new FileSystemException(source.toString(), null, "it is not whole any more");
        if (host.isEmpty()) {
            // A directory was empty when it went, whoever took it.
            return entry.base().isEmpty() || entry.base().get().type() == FileType.DIRECTORY
                    ? Verdict.of(Verdict.Kind.APPLY, host)
                    : Verdict.conflict(host, "It was removed meanwhile, and the session changed it");
        }
        FileStamp there = host.get();
        if (isSame(entry, there, source)) return sameContent(entry, there);
        if (there.type() == FileType.DIRECTORY) {
            boolean was = entry.base().isPresent() && entry.base().get().type() == FileType.DIRECTORY;
            return was && isEmpty(entry.path())
                    ? Verdict.of(Verdict.Kind.APPLY, host)
                    : Verdict.conflict(host, "A directory with other files is in its place");
        }
        return isUntouched(entry, host)
                ? Verdict.of(Verdict.Kind.APPLY, host)
                : Verdict.conflict(host, "It was changed meanwhile, and differently by the session");
    }

    /** The permissions of whoever changed them count. */
    private static Verdict sameContent(Pending entry, FileStamp there) {
        Optional<FileStamp> host = Optional.of(there);
        if (there.type() != FileType.FILE || there.mode() == entry.mode()) {
            return Verdict.of(Verdict.Kind.NOTHING, host);
        }
        if (entry.base().isEmpty()) return Verdict.of(Verdict.Kind.USERS, host);
        int before = entry.base().get().mode();
        if (there.mode() == before) return Verdict.of(Verdict.Kind.MODE, host);
        if (entry.mode() == before) return Verdict.of(Verdict.Kind.USERS, host);
        return Verdict.conflict(host, "Its permissions were changed meanwhile, and differently by the session");
    }

    private boolean isUntouched(Pending entry, Optional<FileStamp> host) {
        return entry.base().isPresent()
                && host.isPresent()
                && names.isSame(entry.base().get(), host.get());
    }

    private boolean isReachable(String path) throws IOException {
        if (isBelowComing(path)) return true;
        try {
            way.to(path);
            return true;
        } catch (NoSuchFileException | NotDirectoryException blocked) {
            return false;
        }
    }

    private boolean isBelowComing(String path) {
        if (coming.isEmpty()) return false;
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (coming.contains(path.substring(0, end))) return true;
        }
        return false;
    }

    private boolean isEmpty(String directory) throws IOException {
        for (String name : way.to(directory).names(FolderWay.name(directory))) {
            if (!going.contains(directory + "/" + name)) return false;
        }
        return true;
    }

    private boolean isSame(Pending entry, FileStamp there, Path source) throws IOException {
        if (entry.wanted().isEmpty() || entry.wanted().get() != there.type()) return false;
        if (there.type() == FileType.SYMLINK) {
            return way.target(entry.path(), there).equals(Files.readSymbolicLink(source));
        }
        if (there.size() != entry.size()) return false;
        try {
            return hasSameBytes(way.to(entry.path()), entry.path(), source);
        } catch (AccessDeniedException closed) {
            // The host's may not be read, and is replaced only if its stamp says that nobody touched it.
            return false;
        }
    }

    private static boolean hasSameBytes(Folder folder, String path, Path source) throws IOException {
        try (InputStream theirs = Channels.newInputStream(folder.read(FolderWay.name(path)));
                InputStream ours = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS)) {
            var first = new byte[BUFFER];
            var second = new byte[BUFFER];
            while (true) {
                int read = theirs.readNBytes(first, 0, BUFFER);
                if (read != ours.readNBytes(second, 0, BUFFER) || !Arrays.equals(first, second)) return false;
                if (read < BUFFER) return true;
            }
        }
    }
}
