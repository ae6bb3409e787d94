package io.trails.worktree.internal.populate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** How a repository names its objects. */
enum ObjectHash {
    SHA1("SHA-1", 20),
    SHA256("SHA-256", 32);

    private final String algorithm;
    private final int length;

    ObjectHash(String algorithm, int length) {
        this.algorithm = algorithm;
        this.length = length;
    }

    /** The one that an id is of, by its length. */
    static Optional<ObjectHash> of(String id) {
        for (ObjectHash hash : values()) {
            if (id.length() == 2 * hash.length) return Optional.of(hash);
        }
        return Optional.empty();
    }

    int length() {
        return length;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    /** The digest of a blob, up to its content. */
    MessageDigest blob(long size) {
        MessageDigest digest = digest();
        digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        return digest;
    }
}
