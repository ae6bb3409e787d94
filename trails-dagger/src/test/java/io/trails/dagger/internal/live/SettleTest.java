package io.trails.dagger.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that makes one directory like another, on this machine. */
class SettleTest {
    private static final String[] NAMES = {"a", "b b", "c\nd", "é", "-n", ".hidden", "$x", "*"};

    @TempDir
    Path folder;

    private int runs;

    /** @param lists whether the script has room for lists, without which it takes the long way */
    private List<String> settle(boolean lists, long since, String... more) throws Exception {
        Path room = folder.resolve("lists" + ++runs);
        if (lists) Files.createDirectory(room);
        var args = new ArrayList<>(List.of("/bin/sh", "-c", Scripts.SETTLE.text(), "trails"));
        args.addAll(List.of(from().toString(), to().toString(), Long.toString(since), room.toString()));
        args.addAll(List.of(more));
        Process process = new ProcessBuilder(args).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines().skip(1).distinct().toList();
    }

    private Path from() {
        return folder.resolve("from");
    }

    private Path to() {
        return folder.resolve("to");
    }

    private static Map<String, String> picture(Path root) throws IOException {
        var picture = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.skip(1).toList())
                picture.put(root.relativize(path).toString(), look(path));
        }
        return picture;
    }

    private static String look(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) return "link to " + Files.readSymbolicLink(path);
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return Files.isDirectory(path) ? "directory " + mode : mode + " " + Files.readString(path);
    }

    private static void grow(Path directory, Random random, int depth) throws IOException {
        Files.createDirectories(directory);
        for (String name : NAMES) {
            Path path = directory.resolve(name);
            switch (random.nextInt(5)) {
                case 0 -> Files.writeString(path, "text " + random.nextInt(3));
                case 1 -> Files.createSymbolicLink(path, Path.of("target" + random.nextInt(3)));
                case 2 -> {
                    if (depth < 3) grow(path, random, depth + 1);
                }
                case 3 -> {
                    Files.writeString(path, "program");
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
                }
                default -> {
                    // Nothing has that name here.
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_tree_becomes_like_any_other_and_then_nothing_is_left_to_do(boolean lists) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        grow(from(), random, 0);
        grow(to(), random, 0);
        assertThat(settle(lists, 0)).containsExactly("changed");
        assertThat(picture(to())).as("seed %d", seed).isEqualTo(picture(from()));
        Map<String, Object> before = inodes();
        assertThat(settle(lists, 0)).as("seed %d", seed).isEmpty();
        assertThat(inodes()).isEqualTo(before);
    }

    private Map<String, Object> inodes() throws IOException {
        var inodes = new TreeMap<String, Object>();
        try (Stream<Path> paths = Files.walk(to())) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                inodes.put(path.toString(), Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return inodes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_change_that_hides_behind_size_and_time_is_found(boolean lists) throws Exception {
        Files.createDirectories(to());
        Path file = Files.createDirectories(from()).resolve("file");
        Files.writeString(file, "one");
        settle(lists, 0);
        FileTime time = Files.getLastModifiedTime(file);
        long since = System.currentTimeMillis() / 1000 - 2;
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(settle(lists, since)).containsExactly("changed");
        assertThat(to().resolve("file")).hasContent("two");
    }

    @Test
    void an_empty_volume_is_not_believed_when_guarded() throws Exception {
        Files.createDirectories(from());
        Files.createDirectories(to());
        Files.writeString(to().resolve("work"), "precious");
        assertThat(settle(true, 0, "guard")).containsExactly("empty");
        assertThat(to().resolve("work")).hasContent("precious");
        assertThat(settle(true, 0, "")).containsExactly("changed");
        assertThat(to()).isEmptyDirectory();
    }
}
