package io.trails.worktree.internal.populate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
