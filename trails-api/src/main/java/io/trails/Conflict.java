package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a merge cannot decide. <em>Ours</em> is the target's side, <em>theirs</em> is the session's. Immutable.
 *
 * @param path where the result is to be, relative to the repository's root, with '/'
 * @param kind why it cannot be decided
 * @param base the common ancestor's file, if there is one
 * @param ours the target's file, if there is one
 * @param theirs the session's file, if there is one
 * @param hunks the places that conflict, in the order of the file; empty if the file has no lines, or is too big to be shown
 * @param otherPaths further paths that are part of the same conflict, such as both new names of a renamed file
 */
public record Conflict(
        String path,
        Kind kind,
        Optional<Side> base,
        Optional<Side> ours,
        Optional<Side> theirs,
        List<Hunk> hunks,
        List<String> otherPaths) {
    /** Copies the lists. */
    public Conflict {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(theirs, "theirs");
        Objects.requireNonNull(hunks, "hunks");
        Objects.requireNonNull(otherPaths, "otherPaths");
        hunks = List.copyOf(hunks);
        otherPaths = List.copyOf(otherPaths);
    }

    /** Why a merge cannot decide. */
    public enum Kind {
        /** Both sides changed the same lines. */
        CONTENT,
        /** Both sides added a file of that name. */
        ADD_ADD,
        /** One side changed it, the other deleted it. */
        MODIFY_DELETE,
        /** Both sides renamed it, to different names; or two files to the same name. */
        RENAME_RENAME,
        /** One side renamed it, the other deleted it. */
        RENAME_DELETE,
        /** One side renamed the directory, and it is not clear where the other side's file belongs. */
        DIRECTORY_RENAME,
        /** It is a file on one side and a directory on the other. */
        FILE_DIRECTORY,
        /** Both sides changed a file that has no lines. */
        BINARY,
        /** Both sides changed its permissions in different ways. */
        MODE,
        /** Both sides changed a symbolic link, or it is one on one side only. */
        SYMLINK,
        /** Both sides moved a submodule. */
        SUBMODULE
    }

    /**
     * One side's file.
     *
     * @param path where it is there
     * @param mode as git writes it, such as {@code 100644}
     * @param objectId of its content, 40 or 64 hexadecimal digits
     */
    public record Side(String path, String mode, String objectId) {
        /** Checks the components. */
        public Side {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(objectId, "objectId");
        }
    }

    /**
     * One place that conflicts. Lines are without their ends; bytes that are no UTF-8 are replaced.
     *
     * @param base the common ancestor's lines
     * @param ours the target's lines
     * @param theirs the session's lines
     * @param before up to three lines before it, the same on both sides
     * @param after up to three lines after it
     */
    public record Hunk(
            List<String> base, List<String> ours, List<String> theirs, List<String> before, List<String> after) {
        /** Copies the lists. */
        public Hunk {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(ours, "ours");
            Objects.requireNonNull(theirs, "theirs");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            base = List.copyOf(base);
            ours = List.copyOf(ours);
            theirs = List.copyOf(theirs);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }
}
