package io.trails.dagger.internal.files;

import java.util.Objects;
import java.util.Optional;

/**
 * One path of which a session has another version than its workspace. Immutable.
 *
 * @param wanted what is to be there; empty if nothing is
 * @param mode the nine permission bits it is to have
 * @param arrival the directory in the store that holds its content; empty if there is none to hold
 * @param base what was there in the workspace when the session began to differ; empty if nothing was
 */
record Pending(String path, Optional<FileType> wanted, int mode, long size, String arrival, Optional<FileStamp> base) {
    Pending {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(arrival, "arrival");
        Objects.requireNonNull(base, "base");
    }

    static Pending removal(String path, FileStamp base) {
        return new Pending(path, Optional.empty(), 0, 0, "", Optional.of(base));
    }

    static Pending of(Arrival.Item item, String arrival, Optional<FileStamp> base) {
        return new Pending(
                item.path(),
                Optional.of(item.type()),
                item.mode(),
                item.size(),
                item.type() == FileType.DIRECTORY ? "" : arrival,
                base);
    }

    /** The same where the workspace has what it had, under another stamp. */
    Pending over(FileStamp host) {
        return new Pending(path, wanted, mode, size, arrival, Optional.of(host));
    }

    /** The same with its content in another directory. */
    Pending in(String other) {
        return hasContent() ? new Pending(path, wanted, mode, size, other, base) : this;
    }

    /** What the workspace had there, with '/' at its end for a directory. Only asked where it had something. */
    String before() {
        return base.orElseThrow().type() == FileType.DIRECTORY ? path + "/" : path;
    }

    boolean isRemoval() {
        return wanted.isEmpty();
    }

    boolean isDirectory() {
        return wanted.isPresent() && wanted.get() == FileType.DIRECTORY;
    }

    boolean hasContent() {
        return !arrival.isEmpty();
    }
}
