package io.trails.worktree.pulls;

import io.trails.worktree.internal.pull.Secret;
import java.util.Objects;

/** A token for a server. It shows itself to who asks for it, and in no text. Immutable. */
public final class AccessToken {
    private final Secret secret;

    private AccessToken(Secret secret) {
        this.secret = secret;
    }

    /**
     * A token.
     *
     * @param value printable ASCII without blanks
     * @return the token
     * @throws IllegalArgumentException if it has other characters; the message does not show it
     */
    public static AccessToken of(String value) {
        Objects.requireNonNull(value, "value");
        if (!Secret.isUsable(value)) throw new IllegalArgumentException("A token is printable ASCII without blanks");
        return new AccessToken(new Secret(value));
    }

    /**
     * The token itself, for a header of a request to the server it is for.
     *
     * @return the value
     */
    public String reveal() {
        return secret.reveal();
    }

    /**
     * A text without the token, for messages.
     *
     * @param said what a server said
     * @return one line, cut if it is long
     */
    public String redact(String said) {
        Objects.requireNonNull(said, "said");
        return secret.redact(said);
    }

    Secret secret() {
        return secret;
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return secret.toString();
    }
}
