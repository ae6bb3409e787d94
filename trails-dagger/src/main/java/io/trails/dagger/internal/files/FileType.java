package io.trails.dagger.internal.files;

/** What kinds of files go into a container and come back. */
public enum FileType {
    FILE,
    DIRECTORY,
    SYMLINK
}
