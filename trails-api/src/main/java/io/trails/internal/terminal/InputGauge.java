package io.trails.internal.terminal;

import java.util.OptionalLong;

/** A terminal that can tell whether the program has read what was typed. */
public interface InputGauge {
    /** How many bytes the program has not read yet, or empty where nobody can tell. */
    OptionalLong unread();
}
