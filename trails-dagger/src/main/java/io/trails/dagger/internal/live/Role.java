package io.trails.dagger.internal.live;

import java.util.Locale;
import java.util.Optional;

/** What a connection of a bridge is for. */
enum Role {
    /** The bridge tells what happens. */
    EVENTS,
    /** The host tells what to do; its end is the end of the program. */
    CONTROL,
    /** The program's input. */
    IN,
    /** The program's output. */
    OUT,
    /** The program's errors. */
    ERR;

    static Optional<Role> named(String name) {
        for (Role role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name)) return Optional.of(role);
        }
        return Optional.empty();
    }
}
