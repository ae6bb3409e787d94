package io.trails.dagger.internal.files;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A manifest, or what changed in it, as it lies on the disk. Immutable.
 *
 * @param id of the manifest, the same in what changed of it
 * @param stamps empty for what is gone
 */
record ManifestPart(long id, NavigableMap<String, Optional<FileStamp>> stamps) {
    ManifestPart {
        stamps = Collections.unmodifiableNavigableMap(new TreeMap<>(stamps));
    }
}
