package io.trails.internal.workspace;

import java.util.Map;
import java.util.Set;

/**
 * What a walk over a directory found.
 *
 * @param stamps by path relative to the directory, with '/' separators; the directory itself is not in it
 * @param unread folders of which some or all entries are unknown; the directory itself is the empty path
 */
record Tree(Map<String, FileStamp> stamps, Set<String> unread) {
    /** Whether the path lies in a folder that could not be read. */
    boolean hides(String path) {
        if (unread.isEmpty()) return false;
        if (unread.contains("")) return true;
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (unread.contains(path.substring(0, end))) return true;
        }
        return false;
    }
}
