package io.trails.worktree.internal.populate;

import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds all attributes files that count when a commit is checked out. Single-threaded. */
final class AttributeFiles {
    static final String NAME = ".gitattributes";

    private final Git tree;
    private final Path common;
    private final TreeConfiguration configuration;
    private final List<AttributeLine> lines = new ArrayList<>();

    AttributeFiles(Git tree, Path common, TreeConfiguration configuration) {
        this.tree = tree;
        this.common = common;
        this.configuration = configuration;
    }

    static boolean isOne(IndexEntry entry) {
        return isOne(entry.path());
    }

    static boolean isOne(RepoPath path) {
        return isOne(path.bytes());
    }

    /** In whatever letters, for where git ignores case. */
    private static boolean isOne(byte[] path) {
        int start = path.length - NAME.length();
        if (start < 0 || (start > 0 && path[start - 1] != '/') || path[start] != '.') return false;
        return latin(Arrays.copyOfRange(path, start, path.length))
                .toLowerCase(Locale.ROOT)
                .equals(NAME);
    }

    /** @throws IOException if one cannot be read, or is a link, which gits of different ages treat differently */
    void add(IndexEntry entry, Path source, ObjectHash hash) throws IOException {
        if (!entry.isFile()) throw new IOException("'" + entry.repoPath() + "' is no file");
        Optional<Path> file = entry.repoPath().in(source);
        if (file.isPresent() && Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = Files.readAllBytes(file.get());
            MessageDigest digest = hash.blob(bytes.length);
            if (Arrays.equals(digest.digest(bytes), entry.id())) {
                parse(base(entry.path()), bytes);
                return;
            }
        }
        addBlob(entry.repoPath(), HexFormat.of().formatHex(entry.id()));
    }

    void addBlob(RepoPath file, String id) {
        parse(base(file.bytes()), tree.run("cat-file", "blob", id).bytes());
    }

    /** The repository's, the user's and the machine's, wherever a git of this machine may look for the last. */
    void addShared() throws IOException {
        addFile(common.resolve("info").resolve("attributes"));
        Optional<String> named = configuration.value("core.attributesfile");
        if (named.isPresent()) {
            addFile(expand(named.get()));
        } else {
            String configured = tree.program().environment().getOrDefault("XDG_CONFIG_HOME", "");
            if (!configured.isEmpty()) addFile(path(configured).resolve("git").resolve("attributes"));
            else addFile(home().resolve(".config").resolve("git").resolve("attributes"));
        }
        Path executable = tree.program().executable();
        Set<Path> machines = new LinkedHashSet<>(List.of(
                Path.of("/etc/gitattributes"),
                Path.of("/usr/local/etc/gitattributes"),
                Path.of("/opt/homebrew/etc/gitattributes")));
        for (Path program : List.of(executable, executable.toRealPath())) {
            Path prefix = program.resolve("..").resolve("..").normalize();
            machines.add(prefix.resolve("etc").resolve("gitattributes"));
        }
        for (Path file : machines) addFile(file);
    }

    private Path home() throws IOException {
        String home = tree.program().environment().getOrDefault("HOME", "");
        if (home.isEmpty()) throw new IOException("There is no HOME");
        return path(home);
    }

    private Path expand(String name) throws IOException {
        if (name.startsWith("~/")) return home().resolve(name.substring(2));
        Path file = path(name);
        if (!file.isAbsolute()) throw new IOException("core.attributesFile is " + name);
        return file;
    }

    /** Another file than git's would be worse than none. */
    private static Path path(String name) throws IOException {
        if (name.indexOf('\ufffd') >= 0) throw new IOException("'" + name + "' is not expressed rightly");
        return Path.of(name);
    }

    private void addFile(Path file) throws IOException {
        if (Files.notExists(file)) return;
        parse("", Files.readAllBytes(file));
    }

    private void parse(String base, byte[] bytes) {
        lines.addAll(AttributeLine.parse(base, latin(bytes)));
    }

    private static String base(byte[] path) {
        return latin(path).substring(0, path.length - NAME.length());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    SmudgeRules rules() {
        return SmudgeRules.of(lines);
    }
}
