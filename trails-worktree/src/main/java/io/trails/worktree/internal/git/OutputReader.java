package io.trails.worktree.internal.git;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a command prints, while it prints. */
@FunctionalInterface
public interface OutputReader {
    /** What it leaves unread is skipped. */
    void read(InputStream output) throws IOException;
}
