package io.trails.worktree.internal.merge;

import io.trails.TrailsException;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads files by their object ids. Immutable. */
final class Blobs {
    private static final long MOST = 64L << 20;

    private final MergeStore store;

    Blobs(MergeStore store) {
        this.store = store;
    }

    /** The first of them that together are no larger than a bound, without those larger than another, by object id. */
    Map<String, byte[]> read(Collection<String> objectIds, long mostOfOne, long most) {
        var small = new LinkedHashSet<String>();
        long left = most;
        for (Map.Entry<String, Long> size :
                sizes(new LinkedHashSet<>(objectIds)).entrySet()) {
            if (size.getValue() > mostOfOne || size.getValue() > left) continue;
            left -= size.getValue();
            small.add(size.getKey());
        }
        var contents = new HashMap<String, byte[]>();
        if (small.isEmpty()) return contents;
        GitCall call = store.objects().apply(GitCall.of("cat-file", "--batch").input(lines(small)));
        store.git().stream(call, output -> {
            for (String id : small) contents.put(id, next(output));
        });
        return contents;
    }

    private Map<String, Long> sizes(Collection<String> objectIds) {
        var sizes = new LinkedHashMap<String, Long>();
        if (objectIds.isEmpty()) return sizes;
        GitResult answer = store.run(GitCall.of("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)")
                .input(lines(objectIds)));
        for (String line : answer.lines()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[1].equals("blob")) sizes.put(words[0], Long.valueOf(words[2]));
        }
        return sizes;
    }

    /** One file of a conflict. */
    byte[] read(String objectId) {
        Long size = sizes(List.of(objectId)).get(objectId);
        if (size == null)
            throw new IllegalArgumentException("No file has the content " + objectId + "; a submodule has none");
        if (size > MOST) {
            throw new TrailsException(
                    "worktree.too-big",
                    "The file " + objectId + " of a conflict has " + size + " bytes; no more than " + MOST
                            + " are read at once: decide it by side instead");
        }
        return store.run(GitCall.of("cat-file", "blob", objectId)).bytes();
    }

    /** Stores one. */
    String write(byte[] content) {
        return store.run(GitCall.of("hash-object", "-w", "--stdin").input(content))
                .text();
    }

    private static String lines(Collection<String> objectIds) {
        return String.join("\n", objectIds) + "\n";
    }

    /** A line with id, type and size, the content, and a line end. */
    private static byte[] next(InputStream output) throws IOException {
        String header = header(output);
        int size = Integer.parseInt(header.substring(header.lastIndexOf(' ') + 1));
        byte[] content = output.readNBytes(size);
        if (content.length < size || output.read() < 0) throw new IOException("It ends within a file");
        return content;
    }

    private static String header(InputStream output) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = output.read(); b != '\n'; b = output.read()) {
            if (b < 0) throw new IOException("It ends within a line");
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
