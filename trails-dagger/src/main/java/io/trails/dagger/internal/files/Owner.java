package io.trails.dagger.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Marks what a process works with for a while, so that others see when it died over it. */
final class Owner {
    private static final int RADIX = 36;
    private static final int PARTS = 4;
    private static final String UNKNOWN = "";

    private Owner() {}

    /** A name nobody else has. */
    static String newName(String prefix) {
        long self = ProcessHandle.current().pid();
        return prefix + Long.toString(self, RADIX) + "-" + born(self).orElse(UNKNOWN) + "-" + namespace() + "-"
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether {@link #newName} gave that name to a process of this system that has ended. */
    static boolean isAbandoned(String name, String prefix) {
        return name.startsWith(prefix)
                && hasEnded(name.substring(prefix.length())).orElse(false);
    }

    /** Whether {@link #newName} gave that name, without a prefix, to a process of this system that has not ended. */
    static boolean lives(String name) {
        return !hasEnded(name).orElse(true);
    }

    /** Empty if it belongs to a process of which this system knows nothing. */
    private static Optional<Boolean> hasEnded(String name) {
        String[] parts = name.split("-", -1);
        if (parts.length != PARTS || parts[1].equals(UNKNOWN) || !parts[2].equals(namespace())) return Optional.empty();
        try {
            Optional<String> born = born(Long.parseLong(parts[0], RADIX));
            if (born.isPresent() && born.get().equals(UNKNOWN)) return Optional.empty();
            return Optional.of(born.filter(parts[1]::equals).isEmpty());
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /** Empty if there is no such process. */
    private static Optional<String> born(long process) {
        try {
            return ProcessBirth.of(process).map(birth -> birth.replaceAll("[^0-9a-z]", ""));
        } catch (IOException e) {
            return Optional.of(UNKNOWN);
        }
    }

    /** Two containers that share files can have the same process id at the same instant, but not the same namespace. */
    private static String namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return link.replaceAll("[^0-9]", "");
        } catch (IOException | UnsupportedOperationException elsewhereThanLinux) {
            return "0";
        }
    }
}
