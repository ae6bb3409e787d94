package io.trails.tmux.internal.place;

import java.util.OptionalLong;

/**
 * Where the files of terminals are: on the host, or wherever else a sandbox has its files. Paths are absolute there.
 * Thread-safe. What fails throws {@code terminal.unreadable} or {@code terminal.unreachable}.
 */
public interface Place {
    /**
     * Reads a part of a file.
     *
     * @return fewer bytes at the end of the file, none if it does not exist or nothing is there
     */
    byte[] read(String file, long from, int most);

    /** The size, or empty if there is no such file. */
    OptionalLong size(String file);

    /** Whether something has that name, be it a link to nowhere. */
    boolean exists(String path);

    /** Makes a symbolic link. Does nothing if the same link exists. */
    void link(String path, String target);

    /** The names in a directory, sorted; none if there is no such directory. */
    java.util.List<String> list(String directory);

    /** Makes a directory with its parents, private to the user. Does nothing if it exists. */
    void createDirectory(String directory);

    /** Makes a private file with that content, in place of one that exists, in one step. */
    void write(String file, byte[] content);

    /** Appends to a private file, in one write. */
    void append(String file, byte[] content);

    /** Deletes a file or link, or a directory with what is directly in it. Nothing happens if it does not exist. */
    void delete(String path);

    /** Watches what happens to the files directly in a directory. */
    Watch watch(String directory);
}
