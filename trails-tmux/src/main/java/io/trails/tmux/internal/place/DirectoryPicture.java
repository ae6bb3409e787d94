package io.trails.tmux.internal.place;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * What can be seen of a directory without reading files. Immutable.
 *
 * @param files sizes and times by name
 */
record DirectoryPicture(Map<String, String> files) {
    DirectoryPicture {
        files = Map.copyOf(files);
    }

    /** Never fails: what cannot be seen is not in it. */
    static DirectoryPicture of(Path directory) {
        var files = new HashMap<String, String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) files.put(entry.toString(), look(entry));
        } catch (IOException | DirectoryIteratorException gone) {
            return new DirectoryPicture(files);
        }
        return new DirectoryPicture(files);
    }

    private static String look(Path entry) {
        try {
            BasicFileAttributes seen =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.size() + " " + seen.lastModifiedTime() + " " + seen.fileKey();
        } catch (IOException gone) {
            return "";
        }
    }
}
