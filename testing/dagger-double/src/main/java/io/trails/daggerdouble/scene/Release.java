package io.trails.daggerdouble.scene;

import java.util.Arrays;
import java.util.Comparator;

/** The releases whose schema the double serves, the oldest first. */
public enum Release {
    V0_19_11("v0.19.11"),
    V0_20_8("v0.20.8"),
    V0_21_8("v0.21.8"),
    V1_0_0_BETA_10("v1.0.0-beta.10");

    private final String version;

    Release(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    /** Whether an id is a number of the engine and loaded by {@code node}; before, it tells how to make the object again. */
    public boolean hasHandles() {
        return compareTo(V0_21_8) >= 0;
    }

    /** The API that a client of a version gets of an engine of this release. */
    public Release seenBy(String clientVersion) {
        return Arrays.stream(values())
                .filter(release -> compareTo(release) >= 0)
                .filter(release -> compare(release.version, clientVersion) <= 0)
                .max(Comparator.naturalOrder())
                .orElse(V0_19_11);
    }

    /** Orders versions by their numbers, what follows a dash left out. */
    public static int compare(String a, String b) {
        return Arrays.compare(numbers(a), numbers(b));
    }

    private static int[] numbers(String version) {
        String base = version.startsWith("v") ? version.substring(1) : version;
        return Arrays.stream(base.replaceFirst("[-+].*", "").split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
