package acme;

import io.trails.internal.providers.Guest;

/** A foreign provider that claims a name kept for trails' own. */
public final class PlainWord extends Guest {
    public PlainWord() {
        super("plain");
    }
}
