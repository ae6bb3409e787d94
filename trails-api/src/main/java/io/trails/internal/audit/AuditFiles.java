package io.trails.internal.audit;

import io.trails.internal.files.Durable;
import io.trails.internal.files.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the log: {@code audit.jsonl}, and before it those that were full, {@code audit-000001.jsonl} and so on. */
final class AuditFiles {
    private static final String START = "audit-";
    private static final String END = ".jsonl";
    private static final int DIGITS = 6;

    private final Path directory;
    private final Path current;

    AuditFiles(Path directory) {
        this.directory = directory;
        this.current = directory.resolve("audit" + END);
    }

    Path current() {
        return current;
    }

    /** Tells one file of that name from the next. Creates it if it is missing. */
    Optional<Object> key() throws IOException {
        if (!exists(current)) Files.createFile(current, OwnerOnly.file(current));
        return Optional.ofNullable(attributes(current).fileKey());
    }

    /** All files, oldest first. */
    List<Path> all() throws IOException {
        var all = new ArrayList<>(full().values());
        if (exists(current)) all.add(current);
        return all;
    }

    Optional<Path> newestFull() throws IOException {
        NavigableMap<Integer, Path> full = full();
        return full.isEmpty() ? Optional.empty() : Optional.of(full.lastEntry().getValue());
    }

    /** Makes room for a new current file. */
    void rotate() throws IOException {
        try (var file = new RandomAccessFile(current.toFile(), "rw")) {
            file.getFD().sync();
        }
        NavigableMap<Integer, Path> full = full();
        String number = Integer.toString(full.isEmpty() ? 1 : full.lastKey() + 1);
        String padded = "0".repeat(Math.max(0, DIGITS - number.length())) + number;
        Files.move(current, directory.resolve(START + padded + END));
        Durable.syncDirectory(current);
    }

    /** A repository can ship a link, which would have trails write somewhere else. */
    static void refuseForeign(Path file) throws IOException {
        if (!attributes(file).isRegularFile())
            throw new FileSystemException(file.toString(), null, "is no regular file");
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean exists(Path file) throws IOException {
        try {
            refuseForeign(file);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private NavigableMap<Integer, Path> full() throws IOException {
        var full = new TreeMap<Integer, Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                int number = number(file.getFileName().toString());
                if (number > 0) full.put(number, file);
            }
        } catch (NoSuchFileException nothingYet) {
            return full;
        }
        return full;
    }

    private static int number(String name) {
        if (!name.startsWith(START) || !name.endsWith(END)) return -1;
        String digits = name.substring(START.length(), name.length() - END.length());
        if (digits.length() < DIGITS || digits.length() > 9) return -1;
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number;
    }
}
