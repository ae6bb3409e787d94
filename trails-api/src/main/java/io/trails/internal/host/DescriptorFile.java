package io.trails.internal.host;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Pipe.SourceChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the file under which Linux shows a descriptor of this JVM, whose number Java does not tell: it is the one that
 * becomes non-blocking and blocking again as we say. Opens no other descriptor on the way.
 */
final class DescriptorFile {
    private static final Path SELF = Path.of("/proc/self");
    private static final int NON_BLOCKING = 04000;
    private static final int MOST_ROUNDS = 100;

    private DescriptorFile() {}

    /** Whether this system shows descriptors at all. Needs none itself. */
    static boolean areShown() {
        return SELF.resolve("fd").toFile().canRead()
                && SELF.resolve("fdinfo").toFile().canRead();
    }

    /** Leaves the channel blocking, as it has to be. */
    static File of(SourceChannel channel) throws IOException {
        List<String> candidates = pipes();
        // Others may do the same with theirs at the same time, but not over and over.
        for (int round = 0; round == 0 || (candidates.size() > 1 && round < MOST_ROUNDS); round++) {
            channel.configureBlocking(false);
            candidates.removeIf(number -> !isNonBlocking(number, true));
            channel.configureBlocking(true);
            candidates.removeIf(number -> !isNonBlocking(number, false));
        }
        if (candidates.size() != 1) throw new IOException("Of the descriptors, it may be one of " + candidates);
        return SELF.resolve("fd").resolve(candidates.get(0)).toFile();
    }

    private static List<String> pipes() throws IOException {
        String[] numbers = SELF.resolve("fd").toFile().list();
        if (numbers == null) throw new IOException("This system does not show descriptors");
        var pipes = new ArrayList<String>();
        for (String number : numbers) {
            if (isPipe(number)) pipes.add(number);
        }
        return pipes;
    }

    private static boolean isPipe(String number) {
        try {
            Path target = Files.readSymbolicLink(SELF.resolve("fd").resolve(number));
            return target.toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** One that cannot be read, for want of descriptors perhaps, is neither. */
    private static boolean isNonBlocking(String number, boolean expected) {
        try {
            String info = Files.readString(SELF.resolve("fdinfo").resolve(number), StandardCharsets.US_ASCII);
            int from = info.indexOf("flags:") + 6;
            String flags = info.substring(from, info.indexOf('\n', from)).strip();
            return expected == ((Integer.parseInt(flags, 8) & NON_BLOCKING) != 0);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
